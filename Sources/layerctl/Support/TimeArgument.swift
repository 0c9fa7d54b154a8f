import ImageSpec
import LayerKit
import LayerModel
import LayerSystem

/// A moment as Docker reads one from its command line.
///
/// A duration of Go's (`10m`, `1h30m`) is so long ago; `2024-01-02`, `2024-01-02T15`, `…:04`, `…:05` and `…:05.9` are local time unless a
/// zone follows; a number, with a fraction or without, counts seconds since 1970.
///
/// Source: moby `api/types/time/timestamp.go`, `GetTimestamp`.
enum TimeArgument {
    /// Reads a moment.
    ///
    /// - Parameters:
    ///   - text: What the user wrote.
    ///   - now: What durations are counted back from.
    /// - Returns: The moment.
    /// - Throws: `LayerError` of code `usage`.
    static func time(_ text: String, now: Timestamp) throws -> Timestamp {
        guard let time = ago(text, now) ?? number(text) ?? date(text) else {
            throw LayerError(
                .usage,
                "\"\(text)\" is no time: expected 10m, 2024-01-02, 2024-01-02T15:04:05Z or seconds"
            )
        }
        return time
    }

    private static func ago(_ text: String, _ now: Timestamp) -> Timestamp? {
        guard text != "0", let duration = GoDuration.nanoseconds(text) else { return nil }
        let (seconds, rest) = duration.quotientAndRemainder(dividingBy: 1_000_000_000)
        var nanoseconds = Int64(now.nanoseconds) - rest
        var whole = now.seconds.subtractingReportingOverflow(seconds).partialValue
        if nanoseconds < 0 { (nanoseconds, whole) = (nanoseconds + 1_000_000_000, whole - 1) }
        if nanoseconds >= 1_000_000_000 { (nanoseconds, whole) = (nanoseconds - 1_000_000_000, whole + 1) }
        return Timestamp(seconds: whole, nanoseconds: UInt32(clamping: nanoseconds))
    }

    private static func number(_ text: String) -> Timestamp? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts[0].utf8.allSatisfy(isDigit), let seconds = Int64(parts[0]) else { return nil }
        guard parts.count == 2 else { return Timestamp(seconds: seconds) }
        guard !parts[1].isEmpty, parts[1].utf8.count <= 9, parts[1].utf8.allSatisfy(isDigit) else { return nil }
        let digits = parts[1] + String(repeating: "0", count: 9 - parts[1].utf8.count)
        return UInt32(digits).map { Timestamp(seconds: seconds, nanoseconds: $0) }
    }

    private static func date(_ text: String) -> Timestamp? {
        let dateLength = 10
        guard text.utf8.count >= dateLength, text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let date = text.prefix(dateLength)
        var rest = text.dropFirst(dateLength)
        var zone: Substring = ""
        if let start = rest.firstIndex(where: { "Z+-".contains($0) }) {
            (rest, zone) = (rest[..<start], rest[start...])
        }
        guard rest.isEmpty || rest.first == "T" else { return nil }
        let parts = rest.isEmpty ? [] : rest.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 3 else { return nil }
        let clock = (parts + ["00", "00", "00"].dropFirst(parts.count)).joined(separator: ":")
        let suffix = zone.isEmpty ? "Z" : zone
        guard let time = Timestamp(rfc3339: "\(date)T\(clock)\(suffix)"), zone.isEmpty else {
            return Timestamp(rfc3339: "\(date)T\(clock)\(suffix)")
        }
        // Twice, since the distance is another one on the other side of a change of the clocks.
        let first = time.seconds - Int64(LocalTime.offset(atSeconds: time.seconds))
        return Timestamp(
            seconds: time.seconds - Int64(LocalTime.offset(atSeconds: first)),
            nanoseconds: time.nanoseconds
        )
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
