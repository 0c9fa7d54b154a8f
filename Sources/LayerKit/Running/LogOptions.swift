public import LayerModel

/// Which lines of a container's log are wanted.
public struct LogOptions: Sendable {
    /// Whether to go on as long as the process runs.
    public var follows = false
    /// How many of the last lines; nil for all.
    public var lineCount: Int?
    /// Only what was written at that time or later.
    public var since: Timestamp?
    /// Only what was written before.
    public var until: Timestamp?

    /// Asks for all that is there.
    public init() {}
}
