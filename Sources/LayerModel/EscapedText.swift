/// Names and reasons from outside as a message shows them: on one line, and no byte of them can steer a terminal.
///
/// Control characters of ASCII stand as `\n`, `\r`, `\t` or `\xNN`, other characters that a terminal would obey or hide as `\u{…}`, and
/// bytes that are no UTF-8 as `\xNN`. It is the notation in which command output is escaped, and such output leaves these texts alone.
package enum EscapedText {
    /// How many bytes of a name are quoted: a name in a PAX record may be as long as its sender likes.
    private static let quotedByteLimit = 512
    /// How many characters of a reason are kept: a list of choices fits, a document that is quoted whole does not.
    private static let lineLengthLimit = 4096

    /// Escapes a name, whole.
    ///
    /// - Parameter bytes: The name.
    /// - Returns: Text in which quotes and backslashes are escaped too, so that two names never give the same.
    package static func name(_ bytes: some Collection<UInt8>) -> String {
        escape(bytes, byteLimit: .max)
    }

    /// Escapes a name and puts it between quotes.
    ///
    /// - Parameter bytes: The name.
    /// - Returns: `"name"`, or its first 512 bytes and an ellipsis.
    package static func quoted(_ bytes: some Collection<UInt8>) -> String {
        "\"" + escape(bytes, byteLimit: quotedByteLimit) + "\""
    }

    /// Escapes what is a message already: quotes and backslashes in it mean what they say.
    ///
    /// - Parameter text: A reason that may repeat a text from outside.
    /// - Returns: The same on one line, or its first 4,096 characters and an ellipsis.
    package static func line(_ text: String) -> String {
        if text.utf8.count <= lineLengthLimit, text.utf8.allSatisfy(isPlain) { return text }
        var line = ""
        let scalars = text.unicodeScalars
        for scalar in scalars.prefix(lineLengthLimit) { append(scalar, to: &line) }
        return scalars.dropFirst(lineLengthLimit).isEmpty ? line : line + "…"
    }

    private static func escape(_ bytes: some Collection<UInt8>, byteLimit: Int) -> String {
        // Nearly all names; the others are looked at character by character, which takes a hundred times as long.
        let isPlainName = bytes.withContiguousStorageIfAvailable { name in
            unsafe name.count <= byteLimit
                && name.allSatisfy { isPlain($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        }
        if isPlainName == true { return String(decoding: bytes, as: UTF8.self) }
        var text = ""
        var rest = bytes[...]
        var shownByteCount = 0
        while let first = rest.first {
            guard shownByteCount < byteLimit else { return text + "…" }
            var byteCount = 1
            var source = rest.makeIterator()
            var parser = UTF8.ForwardParser()
            if case .valid(let encoded) = parser.parseScalar(from: &source) {
                let scalar = UTF8.decode(encoded)
                if scalar == "\"" || scalar == "\\" { text += "\\" }
                append(scalar, to: &text)
                byteCount = encoded.count
            } else {
                text += hexEscape(first)
            }
            rest = rest.dropFirst(byteCount)
            shownByteCount += byteCount
        }
        return text
    }

    /// Whether a byte is a printable character of ASCII.
    private static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F }

    private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
        if isHarmless(scalar) {
            text.unicodeScalars.append(scalar)
            return
        }
        switch scalar {
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case "\u{0}"..."\u{7F}": text += hexEscape(UInt8(truncatingIfNeeded: scalar.value))
        default: text += "\\u{" + String(scalar.value, radix: 16) + "}"
        }
    }

    /// Whether a terminal shows the character and does nothing else.
    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        default: true
        }
    }

    private static func hexEscape(_ byte: UInt8) -> String {
        "\\x" + Digest.encodeHex(CollectionOfOne(byte))
    }
}
