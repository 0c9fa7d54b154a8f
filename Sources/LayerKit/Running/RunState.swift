public import LayerModel

/// What became of a container's process.
public struct RunState: Hashable, Sendable {
    /// Whether it runs now.
    public let isRunning: Bool
    /// Its number on the host; nil when it does not run.
    public let processID: Int32?
    /// When it was last started; nil when it never was.
    public let started: Timestamp?
    /// When it ended; nil while it runs, and when nobody was there to see it.
    public let finished: Timestamp?
    /// What it ended with: its own status, or 128 and the number of a signal.
    public let status: Int32
    /// Why it could not be started; empty when it could.
    public let failure: String

    /// What a container has whose process nobody has started.
    static let never = RunState(
        isRunning: false,
        processID: nil,
        started: nil,
        finished: nil,
        status: 0,
        failure: ""
    )
}
