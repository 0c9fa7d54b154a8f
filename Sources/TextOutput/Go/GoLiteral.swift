/// Strings and numbers as Go's source code writes them.
///
/// Source: The Go Programming Language Specification, sections "Integer literals" to "String literals"; Go `strconv`.
enum GoLiteral {
    /// The bytes of a string or character constant between its quotes.
    ///
    /// - Parameters:
    ///   - inner: What stands between the quotes.
    ///   - quote: The quote, which alone of the two may be escaped.
    /// - Returns: The bytes, or nil for an escape that Go does not know.
    static func unquote(_ inner: ArraySlice<UInt8>, quote: UInt8) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = inner
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            guard let escape = rest.popFirst() else { return nil }
            if escape == quote || escape == UInt8(ascii: "\\") {
                bytes.append(escape)
            } else if let control = controls.first(where: { $0.letter == escape })?.byte {
                bytes.append(control)
            } else {
                guard let decoded = numericEscape(escape, &rest) else { return nil }
                bytes.append(contentsOf: decoded)
            }
        }
        return bytes
    }

    /// The letters of the escapes of control characters.
    static let controls: [(letter: UInt8, byte: UInt8)] = [
        (UInt8(ascii: "a"), 7), (UInt8(ascii: "b"), 8), (UInt8(ascii: "t"), 9), (UInt8(ascii: "n"), 10),
        (UInt8(ascii: "v"), 11), (UInt8(ascii: "f"), 12), (UInt8(ascii: "r"), 13),
    ]

    private static func numericEscape(_ letter: UInt8, _ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        switch letter {
        case UInt8(ascii: "x"): return number(&rest, count: 2, radix: 16).map { [UInt8($0)] }
        case UInt8(ascii: "u"): return scalar(number(&rest, count: 4, radix: 16))
        case UInt8(ascii: "U"): return scalar(number(&rest, count: 8, radix: 16))
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            guard let low = number(&rest, count: 2, radix: 8) else { return nil }
            return UInt8(exactly: UInt32(letter - UInt8(ascii: "0")) * 64 + low).map { [$0] }
        default: return nil
        }
    }

    private static func number(_ rest: inout ArraySlice<UInt8>, count: Int, radix: Int) -> UInt32? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-") else {
            return nil
        }
        rest = rest.dropFirst(count)
        return UInt32(String(decoding: digits, as: UTF8.self), radix: radix)
    }

    private static func scalar(_ value: UInt32?) -> [UInt8]? {
        value.flatMap(Unicode.Scalar.init).flatMap { UTF8.encode($0) }.map(Array.init)
    }

    /// The value of a number: an integer, or a number as Go prints it; nil when it is none or too large.
    static func number(_ text: String) -> TemplateValue? {
        let isNegative = text.hasPrefix("-")
        let unsigned = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
        let radixes = [("0x", 16), ("0X", 16), ("0o", 8), ("0O", 8), ("0b", 2), ("0B", 2)]
        let prefixed = radixes.first { unsigned.hasPrefix($0.0) }
        if prefixed == nil, unsigned.contains(where: { ".eE".contains($0) }) {
            guard unsigned.first != "_", let value = Double(text), value.isFinite else { return nil }
            return .number(self.text(of: value))
        }
        let isOctal = prefixed == nil && unsigned.count > 1 && unsigned.first == "0"
        let radix = prefixed?.1 ?? (isOctal ? 8 : 10)
        let digits = unsigned.dropFirst(prefixed == nil ? 0 : 2).filter { $0 != "_" }
        guard let first = digits.first, first.isHexDigit else { return nil }
        return Int64((isNegative ? "-" : "") + digits, radix: radix).map(TemplateValue.integer)
    }

    /// A double as Go's `%v` prints it: the shortest digits, with an exponent below 1e-4 and from 1e6 on.
    static func text(of value: Double) -> String {
        let parts = value.magnitude.description.split(separator: "e")
        let halves = parts[0].split(separator: ".")
        var digits = Array(halves.joined().utf8)
        var exponent = halves[0].utf8.count - 1 + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.count > 1, digits[0] == UInt8(ascii: "0") {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        if digits == [UInt8(ascii: "0")] { exponent = 0 }
        return (value < 0 ? "-" : "") + layout(digits, exponent: exponent)
    }

    private static func layout(_ digits: [UInt8], exponent: Int) -> String {
        func string(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }
        if exponent < -4 || exponent >= 6 {
            let mark = exponent < 0 ? "e-" : "e+"
            let power = (exponent.magnitude < 10 ? "0" : "") + String(exponent.magnitude)
            return string(digits[..<1]) + (digits.count > 1 ? "." + string(digits[1...]) : "") + mark + power
        }
        if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + string(digits) }
        let whole =
            string(digits.prefix(exponent + 1)) + String(repeating: "0", count: max(0, exponent + 1 - digits.count))
        return digits.count > exponent + 1 ? whole + "." + string(digits[(exponent + 1)...]) : whole
    }
}
