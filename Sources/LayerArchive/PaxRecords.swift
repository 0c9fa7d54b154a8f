/// The records of one PAX extended header, read strictly.
///
/// libarchive cuts values at a NUL, reads numbers as far as they go, and turns names into the characters of the locale; so every
/// record is looked at here first (contracts L-41, L-43, L-44; hazards 5, 44; shown by `LibarchiveTests`).
///
/// Source: POSIX `pax`, "pax Extended Header".
@safe struct PaxRecords {
    private var rest: UnsafeRawBufferPointer

    init(_ body: UnsafeRawBufferPointer) {
        unsafe rest = body
    }

    /// Gives the next record, or nil at the end.
    ///
    /// - Throws: `ArchiveError.corrupt` for a wrong length, a missing sign, or a NUL where none may be.
    mutating func next() throws(ArchiveError) -> (key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer)? {
        guard unsafe !rest.isEmpty else { return nil }
        let digits = unsafe rest.prefix(8).prefix { $0 != UInt8(ascii: " ") }
        guard let length = unsafe TarNumber.parseDecimal(UnsafeRawBufferPointer(rebasing: digits)),
            unsafe length > digits.count + 1, unsafe length <= rest.count
        else { throw Self.malformed("wrong length") }
        let record = unsafe rest.prefix(Int(length))
        guard unsafe record[digits.count] == UInt8(ascii: " "), unsafe record.last == UInt8(ascii: "\n") else {
            throw Self.malformed("wrong length")
        }
        let pair = unsafe UnsafeRawBufferPointer(rebasing: record.dropLast().dropFirst(digits.count + 1))
        guard let sign = unsafe pair.firstIndex(of: UInt8(ascii: "=")), sign > 0 else {
            throw Self.malformed("no keyword")
        }
        unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(Int(length)))
        let key = unsafe UnsafeRawBufferPointer(rebasing: pair.prefix(sign))
        let value = unsafe UnsafeRawBufferPointer(rebasing: pair.dropFirst(sign + 1))
        guard unsafe !key.contains(0) else { throw Self.malformed("NUL in a keyword") }
        return unsafe (key, value)
    }

    static func malformed(_ reason: String) -> ArchiveError { .corrupt("PAX record", reason: reason) }
}
