/// Makes text from outside safe to print: nothing in it can move the cursor, change colours or reorder the line.
///
/// Escaped are C0 and C1 controls, DEL, the bidirectional controls, the line and paragraph separators, and bytes that
/// are no UTF-8. A backslash of the text itself stays as it is, so the result is for people and not to be read back.
package enum TerminalText {
    /// The layout characters that are not escaped.
    package struct Kept: OptionSet, Sendable {
        /// The bits of the set.
        package let rawValue: UInt8

        /// Makes a set from its bits.
        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// The line feed, U+000A.
        package static let lineFeed = Self(rawValue: 1)
        /// The horizontal tab, U+0009.
        package static let tab = Self(rawValue: 2)
    }

    /// Escapes a text.
    ///
    /// - Parameters:
    ///   - text: The text from outside.
    ///   - kept: The layout characters that stay.
    /// - Returns: The text with `\n`, `\xNN` or `\u{…}` in place of what is not to be printed.
    package static func escape(_ text: String, keeping kept: Kept = []) -> String {
        escape(text.utf8, keeping: kept)
    }

    /// Escapes bytes that should be UTF-8 but may not be, like the name of a file.
    ///
    /// - Parameters:
    ///   - bytes: The bytes from outside.
    ///   - kept: The layout characters that stay.
    /// - Returns: The text with `\n`, `\xNN` or `\u{…}` in place of what is not to be printed.
    package static func escape(_ bytes: some Collection<UInt8>, keeping kept: Kept = []) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        append(bytes, to: &output, keeping: kept)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends bytes to output, escaped.
    ///
    /// - Parameters:
    ///   - bytes: The bytes from outside.
    ///   - output: What is going to be printed.
    ///   - kept: The layout characters that stay.
    package static func append(_ bytes: some Collection<UInt8>, to output: inout [UInt8], keeping kept: Kept = []) {
        // Nearly all text is plain, and whatever the collection, its bytes in one piece are looked through at once.
        if bytes.withContiguousStorageIfAvailable({ appendPlain($0, to: &output) }) == true { return }
        for piece in ScalarWalk(bytes) {
            switch piece {
            case .scalar(let scalar):
                if isPrintable(scalar, keeping: kept) {
                    output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                } else {
                    output.append(contentsOf: visible(scalar).utf8)
                }
            case .invalid(let byte): output.append(contentsOf: hexEscape(byte).utf8)
            }
        }
    }

    /// Appends bytes that all stand for themselves.
    ///
    /// - Returns: False, with nothing appended, when there are others among them.
    private static func appendPlain(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) -> Bool {
        for byte in bytes where byte < 0x20 || byte >= 0x7F { return false }
        output.append(contentsOf: bytes)
        return true
    }

    static func isPrintable(_ scalar: Unicode.Scalar, keeping kept: Kept) -> Bool {
        switch scalar.value {
        case 0x0A: kept.contains(.lineFeed)
        case 0x09: kept.contains(.tab)
        case 0..<0x20, 0x7F..<0xA0: false
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: false
        default: true
        }
    }

    private static func visible(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\u{0}"..."\u{7F}": hexEscape(UInt8(truncatingIfNeeded: scalar.value))
        default: "\\u{" + String(scalar.value, radix: 16) + "}"
        }
    }

    private static func hexEscape(_ byte: UInt8) -> String {
        (byte < 16 ? "\\x0" : "\\x") + String(byte, radix: 16)
    }
}
