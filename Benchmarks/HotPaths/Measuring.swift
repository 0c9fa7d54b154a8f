import Benchmark
import HeapMeter

/// What is measured, and how far it may be from the thresholds that are checked in.
///
/// Counts depend on the code, the input and the versions of the C libraries, and hardly on the machine: they are held tight. Time is
/// the machine's: its threshold only catches what has become several times slower. Instructions would be better than both, but many
/// virtual machines have no counter for them, and then every threshold would hold.
enum Measured {
    /// Time, allocations and the most memory in use, and what else is counted.
    ///
    /// - Parameter further: Metrics that are not 0: of 0 nothing is a tolerable part, and the tool then lets everything pass.
    /// - Returns: The configuration.
    static func configuration(_ further: [BenchmarkMetric] = []) -> Benchmark.Configuration {
        let metrics = [.wallClock, .allocations, .heapPeak] + further
        return Benchmark.Configuration(
            metrics: metrics,
            warmupIterations: 2,
            maxDuration: .seconds(5),
            maxIterations: 15,
            thresholds: tolerances.filter { metrics.contains($0.key) }
        )
    }

    private static var tolerances: [BenchmarkMetric: BenchmarkThresholds] {
        [
            .wallClock: percent(400),
            .allocations: percent(2),
            .heapPeak: percent(10),
            .readSyscalls: percent(5),
            .writeSyscalls: percent(5),
        ]
    }

    private static func percent(_ tolerance: Double) -> BenchmarkThresholds {
        BenchmarkThresholds(relative: [.p90: tolerance])
    }
}

extension BenchmarkMetric {
    /// How many blocks of memory were allocated.
    static let allocations = BenchmarkMetric.custom("allocations")
    /// By how many bytes the blocks in use grew at the most.
    static let heapPeak = BenchmarkMetric.custom("heapPeakBytes")
}

extension Benchmark {
    /// Measures what is done in the closure, and nothing around it.
    func measure<Result>(_ body: () throws -> Result) rethrows {
        startMeasurement()
        heap_meter_start()
        Self.blackHole(try body())
        let (count, peak) = (heap_meter_count(), heap_meter_peak())
        stopMeasurement()
        measurement(.allocations, Int(count))
        measurement(.heapPeak, Int(peak))
    }
}
