/// What the kernel has in memory when a measurement begins.
public enum BenchmarkCache: String, CaseIterable, Hashable, Sendable {
    /// What was used just before.
    case warm
    /// As little as can be arranged: see `BenchmarkReport.Coldness`.
    case cold
}
