/// Names and reasons as an error shows them: on one line, and no byte of them can steer a terminal.
enum PrintableText {
    /// Escapes a name from an archive.
    ///
    /// - Parameter bytes: The name as the archive holds it.
    /// - Returns: Text in which control and formatting characters stand as `\u{…}`, bytes that are no UTF-8 as `\xNN`, and a
    ///   backslash as two, so that two names never look alike.
    static func name(_ bytes: some Collection<UInt8>) -> String {
        var text = ""
        var rest = Array(bytes)[...]
        while let first = rest.first {
            let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            let candidate = rest.prefix(length)
            if let scalar = String(validating: candidate, as: UTF8.self)?.unicodeScalars.first {
                if scalar == "\\" { text += "\\" }
                append(scalar, to: &text)
                rest = rest.dropFirst(length)
            } else {
                text += "\\x" + hexadecimal(UInt32(first), digitCount: 2)
                rest = rest.dropFirst()
            }
        }
        return text
    }

    /// Escapes what stands in a message already: control and formatting characters only.
    ///
    /// - Parameter text: A reason that may quote a text from outside.
    /// - Returns: The same on one line, and no longer than a terminal can bear.
    static func line(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars.prefix(lengthLimit) { append(scalar, to: &line) }
        return text.unicodeScalars.count > lengthLimit ? line + "…" : line
    }

    /// How many characters of a reason are kept: a list of choices fits, a manifest that is quoted whole does not.
    private static let lengthLimit = 4096

    private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            text += "\\u{" + hexadecimal(scalar.value, digitCount: 1) + "}"
        default: text.unicodeScalars.append(scalar)
        }
    }

    private static func hexadecimal(_ value: UInt32, digitCount: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digitCount - digits.count)) + digits
    }
}
