/// A name and a value of ENV or LABEL.
struct ChangePair: Hashable, Sendable {
    let name: String
    let value: String
}
