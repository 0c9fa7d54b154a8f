/// Numbers in the form of C's and Go's `%.Ng`, correctly rounded.
enum GeneralNumber {
    /// A number with a given count of significant digits, trailing zeros dropped.
    ///
    /// The arithmetic is exact: a double is an integer over a power of two, and its digits are found by integer
    /// division with ties to even, as `strconv` and C libraries do.
    ///
    /// - Parameters:
    ///   - value: Any integer that 64 bits hold, or a number from 1 to 1000.
    ///   - significantDigits: 1 to 4; other counts mean the nearest of these.
    /// - Returns: As in `0`, `1.02`, `183` or `1e+03`.
    static func text(_ value: Double, significantDigits: Int) -> String {
        let precision = min(max(significantDigits, 1), 4)
        let magnitude = value.magnitude
        guard magnitude > 0, magnitude < 0x1p63 else { return "0" }
        var (digits, exponent) = round(magnitude, precision: precision)
        if digits == power(precision) {
            digits /= 10
            exponent += 1
        }
        return (value < 0 ? "-" : "") + layout(String(digits), exponent: exponent, precision: precision)
    }

    /// The digits of a number as one integer of `precision` digits, and the power of ten of the first of them.
    ///
    /// The integer has one digit more when rounding carried to the next power of ten.
    private static func round(_ value: Double, precision: Int) -> (digits: UInt64, exponent: Int) {
        let whole = UInt64(value)
        let exponent = String(whole).utf8.count - 1
        // As many doublings make an integer of a double with a fraction: below 1000 at most 52.
        let doublings = value == Double(whole) ? 0 : min(max(0, value.significandWidth - Int(value.exponent)), 52)
        var denominator = UInt64(1) << doublings
        var numerator = UInt64(value * Double(denominator))
        if exponent < precision {
            numerator *= power(precision - 1 - exponent)
        } else {
            denominator *= power(exponent - precision + 1)
        }
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        let half = denominator - remainder
        let isUp = remainder > half || (remainder == half && !quotient.isMultiple(of: 2))
        return (isUp ? quotient + 1 : quotient, exponent)
    }

    private static func layout(_ digits: String, exponent: Int, precision: Int) -> String {
        var kept = Array(digits.utf8)
        let whole = exponent < precision ? exponent + 1 : 1
        while kept.count > whole, kept.last == UInt8(ascii: "0") { kept.removeLast() }
        var text = String(decoding: kept[..<whole], as: UTF8.self)
        if kept.count > whole { text += "." + String(decoding: kept[whole...], as: UTF8.self) }
        if exponent >= precision { text += (exponent < 10 ? "e+0" : "e+") + String(exponent) }
        return text
    }

    private static func power(_ exponent: Int) -> UInt64 {
        (0..<exponent).reduce(1) { product, _ in product * 10 }
    }
}
