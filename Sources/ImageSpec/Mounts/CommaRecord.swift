/// One record of values separated by commas, as Go's `encoding/csv` reads it.
///
/// A field that begins with a quotation mark ends at the next one; two of them in it are one. The record ends with the line.
///
/// Source: RFC 4180; Go `encoding/csv`, `readRecord`.
struct CommaRecord {
    private static let (comma, quote, newline) = (UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"))

    private let bytes: [UInt8]
    private var position = 0

    /// Reads the fields of a record.
    ///
    /// - Parameter text: The record.
    /// - Returns: The fields, at least one.
    /// - Throws: When quotation marks stand where they mean nothing.
    static func fields(_ text: String) throws(MountError) -> [String] {
        var record = CommaRecord(bytes: Array(text.utf8))
        var fields: [String] = []
        repeat { fields.append(try record.field()) } while record.take(comma)
        return fields
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func field() throws(MountError) -> String {
        if take(Self.quote) { return try quotedField() }
        let field = bytes[position...].prefix { $0 != Self.comma && $0 != Self.newline }
        if let mark = field.firstIndex(of: Self.quote) {
            throw Self.error(at: mark, "bare \" in non-quoted field")
        }
        position = field.endIndex
        return String(decoding: field, as: UTF8.self)
    }

    private mutating func quotedField() throws(MountError) -> String {
        var field: [UInt8] = []
        while position < bytes.count {
            if !take(Self.quote) {
                field.append(bytes[position])
                position += 1
            } else if take(Self.quote) {
                field.append(Self.quote)
            } else if position == bytes.count || bytes[position] == Self.comma || bytes[position] == Self.newline {
                return String(decoding: field, as: UTF8.self)
            } else {
                throw Self.error(at: position - 1, Self.openQuote)
            }
        }
        throw Self.error(at: position, Self.openQuote)
    }

    private static let openQuote = "extraneous or missing \" in quoted-field"

    private static func error(at position: Int, _ reason: String) -> MountError {
        MountError("parse error on line 1, column \(position + 1): \(reason)")
    }
}
