import LayerModel

/// Times as file systems keep them.
enum DiskTime {
    /// Whether a file has the time that it was given: a file system keeps the nearest one that it can hold, of a precision that it has.
    ///
    /// - Parameters:
    ///   - time: What the file has.
    ///   - expected: What it was given.
    /// - Returns: Whether the one can have become the other.
    static func isSame(_ time: Timestamp, _ expected: Timestamp) -> Bool {
        if time == expected { return true }
        guard time.seconds == expected.seconds else {
            let earliest = Int64(Int32.min)
            let latest = [Int64(Int32.max), 0x3_7fff_ffff]
            return expected.seconds < earliest && time.seconds >= earliest && time.seconds <= 0
                || latest.contains(time.seconds) && expected.seconds > time.seconds
        }
        return time.nanoseconds == 0 || expected.nanoseconds - min(time.nanoseconds, expected.nanoseconds) < 1000
    }
}
