/// Takes the white space out of JSON and leaves every number and text as it is written, as Go's `json.Compact` does.
///
/// `<`, `>`, `&`, U+2028 and U+2029 become escapes, as they do when Go encodes a `json.RawMessage`.
enum JSONCompactor {
    /// Compacts JSON that has been parsed before: nothing is checked here.
    static func compact(_ json: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(json.count)
        var isInString = false
        var isEscaped = false
        var index = json.startIndex
        while index < json.endIndex {
            let byte = json[index]
            index += 1
            switch byte {
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
                bytes.append(contentsOf: "\\u00\(String(byte, radix: 16))".utf8)
            case 0xE2 where json[index...].starts(with: [0x80, 0xA8]) || json[index...].starts(with: [0x80, 0xA9]):
                bytes.append(contentsOf: "\\u202\(json[index + 1] == 0xA8 ? 8 : 9)".utf8)
                index += 2
            case 0x20, 0x0A, 0x0D, 0x09:
                if isInString { bytes.append(byte) }
            default:
                bytes.append(byte)
            }
            if byte == UInt8(ascii: "\""), !isEscaped { isInString.toggle() }
            isEscaped = isInString && !isEscaped && byte == UInt8(ascii: "\\")
        }
        return bytes
    }
}
