/// Durations as Go writes them: `1m30s`, `1.5h`, `500ms`.
///
/// Source: Go's `time.ParseDuration`.
enum GoDuration {
    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("ns", 1), ("us", 1_000), ("\u{B5}s", 1_000), ("\u{3BC}s", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    /// Reads a duration.
    ///
    /// - Parameter text: A sign, then numbers each with its unit; `0` needs none.
    /// - Returns: Nanoseconds.
    /// - Throws: When a number or a unit is missing or unknown, or 64 bits do not hold it.
    static func nanoseconds(_ text: String) throws(ChangeError.Reason) -> Int64 {
        var rest = text.unicodeScalars[...]
        let isNegative = rest.first == "-"
        if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
        if rest.elementsEqual("0".unicodeScalars) { return 0 }
        guard !rest.isEmpty else { throw .duration(text) }
        var total: Int64 = 0
        while !rest.isEmpty {
            let part = try takePart(from: &rest, of: text)
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !overflow else { throw .duration(text) }
            total = sum
        }
        return isNegative ? -total : total
    }

    /// Takes one number and its unit.
    private static func takePart(
        from rest: inout ChangeText.Scalars,
        of text: String
    ) throws(ChangeError.Reason) -> Int64 {
        let whole = takeDigits(from: &rest)
        var fraction = ""
        if rest.first == "." {
            rest.removeFirst()
            fraction = takeDigits(from: &rest)
        }
        guard !(whole.isEmpty && fraction.isEmpty) else { throw .duration(text) }
        let name = String(rest.prefix { $0 != "." && !isDigit($0) })
        guard !name.isEmpty else { throw .durationWithoutUnit(text) }
        guard let unit = units.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            throw .durationUnit(name, text)
        }
        rest = rest.dropFirst(name.unicodeScalars.count)
        guard let count = Int64(whole.isEmpty ? "0" : whole) else { throw .duration(text) }
        let (product, overflow) = count.multipliedReportingOverflow(by: unit.nanoseconds)
        // Eighteen digits fit 64 bits, and more are below a nanosecond even of an hour.
        let digits = fraction.prefix(18)
        var part: Int64 = 0
        if let numerator = Int64(digits) {
            var scale = 1.0
            for _ in digits.utf8 { scale *= 10 }
            part = Int64(Double(numerator) * (Double(unit.nanoseconds) / scale))
        }
        let (sum, isTooLong) = product.addingReportingOverflow(part)
        guard !overflow, !isTooLong else { throw .duration(text) }
        return sum
    }

    private static func takeDigits(from rest: inout ChangeText.Scalars) -> String {
        let digits = String(rest.prefix(while: isDigit))
        rest = rest.dropFirst(digits.unicodeScalars.count)
        return digits
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
