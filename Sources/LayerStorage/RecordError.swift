/// What is wrong with the bytes of a record.
struct RecordError: Error {
    let reason: String
}
