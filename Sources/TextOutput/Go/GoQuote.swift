/// Texts as Go's `%q` and `%x` write them.
///
/// Source: Go `strconv`, `quote.go`.
package enum GoQuote {
    /// A text in double quotes, with everything escaped that cannot be printed.
    ///
    /// - Parameter text: The text.
    /// - Returns: What Go's `strconv.Quote` makes of it.
    package static func quoted(_ text: String) -> String {
        String(decoding: quoted(Array(text.utf8)), as: UTF8.self)
    }

    /// A text in double quotes, with everything escaped that cannot be printed.
    static func quoted(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [UInt8(ascii: "\"")]
        for piece in ScalarWalk(bytes) {
            switch piece {
            case .scalar("\""): result.append(contentsOf: "\\\"".utf8)
            case .scalar(let scalar): result.append(contentsOf: escaped(scalar).utf8)
            case .invalid(let byte): result.append(contentsOf: ("\\x" + hex(UInt32(byte), count: 2)).utf8)
            }
        }
        result.append(UInt8(ascii: "\""))
        return result
    }

    /// A scalar in single quotes.
    static func quoted(_ scalar: Unicode.Scalar) -> [UInt8] {
        Array(("'" + (scalar == "'" ? "\\'" : escaped(scalar)) + "'").utf8)
    }

    /// The bytes as pairs of hexadecimal digits.
    static func hexadecimal(_ bytes: [UInt8], isUppercase: Bool) -> TemplateText {
        let digits = bytes.map { hex(UInt32($0), count: 2) }.joined()
        return TemplateText(exact: (isUppercase ? digits.uppercased() : digits).utf8)
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        if scalar == "\\" { return "\\\\" }
        if isPrintable(scalar) { return String(Character(scalar)) }
        if let control = GoLiteral.controls.first(where: { UInt32($0.byte) == scalar.value }) {
            return "\\" + String(Character(Unicode.Scalar(control.letter)))
        }
        switch scalar.value {
        case 0..<0x20, 0x7F: return "\\x" + hex(scalar.value, count: 2)
        case 0..<0x10000: return "\\u" + hex(scalar.value, count: 4)
        default: return "\\U" + hex(scalar.value, count: 8)
        }
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }

    private static func hex(_ value: UInt32, count: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
    }
}
