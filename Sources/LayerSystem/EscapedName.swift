/// How a name appears in a message: no byte of it can steer a terminal, and two names never look alike.
enum EscapedName {
    /// Escapes a name.
    ///
    /// - Parameter bytes: The name.
    /// - Returns: Text in which control characters, bidirectional controls, quotes and backslashes are escaped, and bytes that are
    ///   no UTF-8 stand as `\xNN`.
    static func text(of bytes: some Collection<UInt8>) -> String {
        var text = ""
        var rest = Array(bytes)[...]
        while let first = rest.first {
            let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            let candidate = rest.prefix(length)
            if let scalar = String(validating: candidate, as: UTF8.self)?.unicodeScalars.first {
                append(scalar, to: &text)
                rest = rest.dropFirst(length)
            } else {
                text += "\\x" + hexadecimal(UInt32(first), digitCount: 2)
                rest = rest.dropFirst()
            }
        }
        return text
    }

    private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
        switch scalar {
        case "\"", "\\": text += "\\" + String(scalar)
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        default:
            if isHarmless(scalar) {
                text.unicodeScalars.append(scalar)
            } else {
                text += "\\u{" + hexadecimal(scalar.value, digitCount: 1) + "}"
            }
        }
    }

    /// Whether a terminal shows the character and does nothing else.
    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
        default: true
        }
    }

    private static func hexadecimal(_ value: UInt32, digitCount: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digitCount - digits.count)) + digits
    }
}
