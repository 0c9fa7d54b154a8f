import LayerModel

/// A walk along the bytes of an RFC 3339 text.
struct RFC3339Reader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    /// The moment that the whole text names.
    mutating func moment() -> RFC3339Time? {
        guard let year = number(digits: 4...4), take("-"), let month = number(digits: 2...2), take("-"),
            let day = number(digits: 2...2), let date = CivilDate(year: year, month: month, day: day),
            take("T"), let hour = number(digits: 1...2), hour < 24, take(":"),
            let minute = number(digits: 2...2), minute < 60, take(":"),
            let second = number(digits: 2...2), second < 60,
            let nanoseconds = fraction(), let offset = offset(), rest.isEmpty
        else { return nil }
        let local = date.dayNumber * 86_400 + hour * 3_600 + minute * 60 + second
        return RFC3339Time(
            Timestamp(seconds: local - offset, nanoseconds: nanoseconds),
            offsetSeconds: Int(offset)
        )
    }

    /// The digits behind the point as nanoseconds, 0 when there is no point.
    private mutating func fraction() -> UInt32? {
        guard rest.first == UInt8(ascii: ".") || rest.first == UInt8(ascii: ",") else { return 0 }
        rest.removeFirst()
        let digits = rest.prefix(while: ReferenceGrammar.isDigit)
        guard !digits.isEmpty else { return nil }
        rest = rest[digits.endIndex...]
        var value: UInt32 = 0
        for place in 0..<9 {
            let digit = digits.dropFirst(place).first.map { UInt32($0 - UInt8(ascii: "0")) } ?? 0
            value = value * 10 + digit
        }
        return value
    }

    /// Seconds ahead of UTC.
    private mutating func offset() -> Int64? {
        if take("Z") { return 0 }
        let isBehind = rest.first == UInt8(ascii: "-")
        guard take("+") || take("-"), let hours = number(digits: 2...2), hours <= 24, take(":"),
            let minutes = number(digits: 2...2), minutes <= 60
        else { return nil }
        return (hours * 3_600 + minutes * 60) * (isBehind ? -1 : 1)
    }

    /// A number of as many digits as there are, which has to be in the range.
    private mutating func number(digits allowed: ClosedRange<Int>) -> Int64? {
        let digits = rest.prefix(allowed.upperBound).prefix(while: ReferenceGrammar.isDigit)
        guard allowed.contains(digits.count) else { return nil }
        rest = rest[digits.endIndex...]
        return Int64(Substring(digits))
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest.removeFirst()
        return true
    }
}
