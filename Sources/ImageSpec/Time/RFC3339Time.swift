public import LayerModel

/// A moment with the offset from UTC in which it was written.
///
/// What is refused and what is let pass is as in Go's `time.Parse(time.RFC3339, …)`, which nearly all writers of configs use;
/// what is printed is as in its `RFC3339Nano`.
///
/// Source: RFC 3339; Go's package `time`.
public struct RFC3339Time: Hashable, Sendable {
    /// What Go has for a time that nobody set: 0001-01-01T00:00:00Z.
    public static let goZero = Self(Timestamp(seconds: -62_135_596_800))

    /// The moment.
    public let timestamp: Timestamp
    /// Seconds that the local clock is ahead of UTC.
    public let offsetSeconds: Int

    /// Wraps a moment.
    ///
    /// - Parameters:
    ///   - timestamp: The moment.
    ///   - offsetSeconds: Seconds that the local clock is ahead of UTC, kept within two days.
    public init(_ timestamp: Timestamp, offsetSeconds: Int = 0) {
        self.timestamp = timestamp
        self.offsetSeconds = min(max(offsetSeconds, -172_800), 172_800)
    }

    /// Reads `2006-01-02T15:04:05[.fraction](Z|±hh:mm)`; nil when the text is something else or names no moment.
    ///
    /// As in Go, the hour may have one digit, a comma may stand for the point, digits of the fraction beyond the ninth are
    /// ignored, and there is no second 60.
    public init?(parsing text: String) {
        var reader = RFC3339Reader(text)
        guard let moment = reader.moment() else { return nil }
        self = moment
    }
}

extension RFC3339Time: CustomStringConvertible {
    /// The text with as many digits of the fraction as it needs, `Z` for no offset.
    public var description: String {
        let offset = Int64(offsetSeconds)
        let split = CivilDate.flooredDivision(timestamp.seconds, 86_400)
        // The offset is added to the second of the day, where it cannot overflow.
        let local = CivilDate.flooredDivision(split.remainder + offset, 86_400)
        let date = CivilDate(dayNumber: split.quotient + local.quotient)
        let clock = [local.remainder / 3_600, local.remainder / 60 % 60, local.remainder % 60]
        return Self.padded(date.year, 4) + "-" + Self.padded(date.month, 2) + "-" + Self.padded(date.day, 2) + "T"
            + clock.map { Self.padded($0, 2) }.joined(separator: ":") + fraction + zone
    }

    private var fraction: String {
        guard timestamp.nanoseconds > 0 else { return "" }
        var digits = Self.padded(Int64(timestamp.nanoseconds), 9)
        while digits.hasSuffix("0") { digits.removeLast() }
        return "." + digits
    }

    private var zone: String {
        guard offsetSeconds != 0 else { return "Z" }
        let minutes = Int64(offsetSeconds / 60)
        return (minutes < 0 ? "-" : "+") + Self.padded(abs(minutes) / 60, 2) + ":" + Self.padded(abs(minutes) % 60, 2)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value.magnitude)
        return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
