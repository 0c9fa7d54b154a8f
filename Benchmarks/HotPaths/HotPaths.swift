import Benchmark

/// All benchmarks.
///
/// Their names have no spaces: the tool would write a file of thresholds for them, and then not find it.
let benchmarks: @Sendable () -> Void = {
    registerReading()
    registerTrees()
    registerCapture()
}
