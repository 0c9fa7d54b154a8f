/// Why bytes are no JSON that is accepted here, and where.
public struct JSONError: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Reason: Hashable, Sendable {
        /// The document has more bytes than allowed.
        case tooLarge(limit: Int)
        /// Arrays and objects are nested deeper than allowed.
        case tooDeep(limit: Int)
        /// The document begins with a byte order mark.
        case byteOrderMark
        /// The document ends inside a value, or holds none.
        case unexpectedEnd
        /// A byte stands where the grammar has no place for it.
        case unexpectedByte(UInt8)
        /// Something follows the value.
        case trailingData
        /// A number is not in the grammar (leading zero, missing digit).
        case malformedNumber
        /// A control character stands in a string unescaped.
        case controlCharacter(UInt8)
        /// A backslash is followed by what is no escape.
        case malformedEscape
        /// An escape is half of a surrogate pair.
        case loneSurrogate
        /// The bytes are no UTF-8.
        case invalidUTF8
        /// A name stands twice in one object.
        case duplicateKey(String)
    }

    /// What is wrong.
    public let reason: Reason
    /// The place, in bytes from the beginning.
    public let byteOffset: Int
    /// The line of the place, counted from 1.
    public let line: Int
    /// The column of the place in its line, in bytes, counted from 1.
    public let column: Int
}

extension JSONError: CustomStringConvertible {
    /// One line: the reason and the place.
    public var description: String { "\(reason) at line \(line), column \(column)" }
}

extension JSONError.Reason: CustomStringConvertible {
    /// The reason without the place.
    public var description: String {
        switch self {
        case .tooLarge(let limit): "JSON of more than \(limit) bytes"
        case .tooDeep(let limit): "JSON nested more than \(limit) levels deep"
        case .byteOrderMark: "byte order mark before the JSON"
        case .unexpectedEnd: "unexpected end of JSON"
        case .unexpectedByte(let byte): "unexpected \(Self.name(of: byte)) in JSON"
        case .trailingData: "more data after the JSON value"
        case .malformedNumber: "malformed number in JSON"
        case .controlCharacter(let byte): "unescaped control character 0x\(Self.hex(byte)) in a JSON string"
        case .malformedEscape: "malformed escape in a JSON string"
        case .loneSurrogate: "half of a surrogate pair in a JSON string"
        case .invalidUTF8: "bytes in JSON that are no UTF-8"
        case .duplicateKey(let key): "key \"\(key)\" twice in one JSON object"
        }
    }

    private static func name(of byte: UInt8) -> String {
        (0x21...0x7E).contains(byte) ? "'\(Character(UnicodeScalar(byte)))'" : "byte 0x\(hex(byte))"
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
