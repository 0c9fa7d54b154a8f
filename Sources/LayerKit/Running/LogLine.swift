import ImageSpec

/// A line that the process of a container has written, or a part of a long one.
public struct LogLine: Hashable, Sendable {
    /// What was written, with its line feed where it has one; what was no UTF-8 is replaced.
    public let text: String
    /// Whether it was written to the standard error.
    public let isError: Bool
    /// When, in the form of RFC 3339.
    public let time: String

    /// Reads an entry of the log; nil for what is none.
    init?(_ bytes: ArraySlice<UInt8>) {
        // reason: what was cut off by a power cut is no entry, and the others are
        guard let json = try? JSONValue(parsing: bytes), let text = json["log"]?.stringValue else { return nil }
        self.text = text
        isError = json["stream"]?.stringValue == "stderr"
        time = json["time"]?.stringValue ?? ""
    }
}
