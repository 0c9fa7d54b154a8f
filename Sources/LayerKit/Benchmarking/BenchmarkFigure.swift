import LayerSystem

/// What a figure is a figure of.
public struct BenchmarkSubject: Hashable, Sendable {
    /// The work.
    public let work: BenchmarkWork
    /// The driver; nil where none takes part.
    public let driver: String?
    /// What the kernel had in memory before.
    public let cache: BenchmarkCache
    /// How many layers the stack had, for a deep one.
    public let layerCount: Int?

    /// Names a figure.
    public init(_ work: BenchmarkWork, driver: String? = nil, cache: BenchmarkCache, layerCount: Int? = nil) {
        self.work = work
        self.driver = driver
        self.cache = cache
        self.layerCount = layerCount
    }
}

/// One measurement.
public struct BenchmarkSample: Hashable, Sendable {
    /// How long it took, in nanoseconds.
    public let wallNanoseconds: Int64
    /// Processor time in programs, in nanoseconds; that of other processes, as of fuse-overlayfs, is not in it.
    public let userNanoseconds: Int64
    /// Processor time in the kernel, in nanoseconds; as above.
    public let systemNanoseconds: Int64

    /// Makes a measurement of three times in nanoseconds.
    public init(wallNanoseconds: Int64, userNanoseconds: Int64, systemNanoseconds: Int64) {
        self.wallNanoseconds = wallNanoseconds
        self.userNanoseconds = userNanoseconds
        self.systemNanoseconds = systemNanoseconds
    }

    /// Measures a body.
    static func measuring<Value>(_ body: () throws -> Value) rethrows -> (sample: BenchmarkSample, value: Value) {
        let processor = ProcessorTime.ofThisProcess()
        let start = Host.monotonicNanoseconds()
        let value = try body()
        let end = Host.monotonicNanoseconds()
        let used = ProcessorTime.ofThisProcess()
        let sample = BenchmarkSample(
            wallNanoseconds: Int64(end - start),
            userNanoseconds: used.userNanoseconds - processor.userNanoseconds,
            systemNanoseconds: used.systemNanoseconds - processor.systemNanoseconds
        )
        return (sample, value)
    }
}

/// What was measured of one subject.
public struct BenchmarkFigure: Hashable, Sendable {
    /// What it is a figure of.
    public let subject: BenchmarkSubject
    /// How much was done each time, in the work's unit.
    public let amount: Int64
    /// The measurements in their order; never none.
    public let samples: [BenchmarkSample]
    /// How long it took.
    public let wall: BenchmarkStatistics
    /// Processor time in programs.
    public let user: BenchmarkStatistics
    /// Processor time in the kernel.
    public let system: BenchmarkStatistics

    /// Makes a figure; nil without a measurement.
    ///
    /// - Parameters:
    ///   - subject: What it is a figure of.
    ///   - amount: How much was done each time, in the work's unit.
    ///   - samples: The measurements.
    public init?(_ subject: BenchmarkSubject, amount: Int64, _ samples: [BenchmarkSample]) {
        guard let wall = BenchmarkStatistics(samples.map(\.wallNanoseconds)),
            let user = BenchmarkStatistics(samples.map(\.userNanoseconds)),
            let system = BenchmarkStatistics(samples.map(\.systemNanoseconds))
        else { return nil }
        self.subject = subject
        self.amount = amount
        self.samples = samples
        self.wall = wall
        self.user = user
        self.system = system
    }

    /// How much is done in a second, by the median, in the work's unit.
    public var rate: Double { Double(amount) * 1e9 / Double(max(1, wall.median)) }
}
