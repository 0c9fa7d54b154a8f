/// How much of something one process may have.
///
/// Source: docker/go-units `ulimit.go`; `man 2 getrlimit`.
public struct ResourceLimit: Hashable, Sendable {
    private static let names: Set<String> = [
        "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio",
        "rttime", "sigpending", "stack",
    ]

    /// What is limited, as `nofile`.
    public let name: String
    /// The limit that counts; the process may raise it up to the hard one.
    public let soft: UInt64
    /// The limit of that limit.
    public let hard: UInt64

    /// Reads what a user writes: NAME=SOFT[:HARD], with -1 for no limit.
    ///
    /// - Parameter text: The limit.
    /// - Throws: `ProcessSettingsError`.
    public init(parsing text: String) throws(ProcessSettingsError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let values = parts.count == 2 ? parts[1].split(separator: ":", omittingEmptySubsequences: false) : []
        guard (1...2).contains(values.count) else {
            throw ProcessSettingsError("invalid ulimit argument: \(text)")
        }
        guard Self.names.contains(String(parts[0])) else {
            throw ProcessSettingsError("invalid ulimit type: \(parts[0])")
        }
        guard let soft = Self.number(values[0]), let hard = values.count == 2 ? Self.number(values[1]) : soft else {
            throw ProcessSettingsError("invalid ulimit argument: \(text)")
        }
        guard soft <= hard else {
            throw ProcessSettingsError("ulimit soft limit must be less than or equal to hard limit: \(text)")
        }
        name = String(parts[0])
        self.soft = soft
        self.hard = hard
    }

    /// What a user writes.
    public var text: String { "\(name)=\(Self.text(soft)):\(Self.text(hard))" }

    private static func number(_ text: Substring) -> UInt64? { text == "-1" ? .max : UInt64(text) }

    private static func text(_ number: UInt64) -> String { number == .max ? "-1" : String(number) }
}
