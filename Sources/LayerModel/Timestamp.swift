/// A moment as a file system keeps it: seconds since 1970-01-01T00:00:00Z, and nanoseconds after that second.
public struct Timestamp: Hashable, Sendable {
    /// Whole seconds since the epoch; negative before it.
    public let seconds: Int64
    /// Nanoseconds after the second, 0 to 999,999,999.
    public let nanoseconds: UInt32

    /// Makes a moment.
    ///
    /// - Parameters:
    ///   - seconds: Whole seconds since the epoch.
    ///   - nanoseconds: 0 to 999,999,999; more counts as 999,999,999.
    public init(seconds: Int64, nanoseconds: UInt32 = 0) {
        self.seconds = seconds
        self.nanoseconds = min(nanoseconds, 999_999_999)
    }
}

extension Timestamp: Comparable {
    /// Orders by time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}
