import ImageSpec
import LayerDriver
import LayerModel
import LayerStorage
import LayerSystem

/// Measures layer I/O on a file system of this host, with the drivers that work there.
///
/// All of it happens in a store of its own, in a directory that is made for it and removed at the end, also when it fails or is cancelled.
/// Runs are interleaved: each work is done once by each driver before any is done again. Nothing waits for the disk but what the store itself
/// waits for; between two measurements the file system is synchronised.
///
/// Containers are mounted and, for an ordinary user, processes are forked: it must be called while no other thread runs.
public struct LayerBenchmark {
    /// How far a benchmark is.
    public struct Progress: Sendable {
        /// The run, from 1.
        public let run: Int
        /// How many there will be.
        public let runCount: Int
        /// What is measured next; nil while things are prepared.
        public let subject: BenchmarkSubject?
    }

    private let options: BenchmarkOptions

    /// Prepares a benchmark; nothing is made yet.
    ///
    /// - Parameter options: What is asked for.
    /// - Throws: `LayerError` of code `usage` for what makes no sense.
    public init(_ options: BenchmarkOptions) throws(LayerError) {
        guard options.runCount > 0 else { throw LayerError(.usage, "there must be one run at least") }
        guard options.depths.allSatisfy({ (1...MountPlan.lowerTreeLimit).contains($0) }) else {
            throw LayerError(.usage, "a deep stack has 1 to \(MountPlan.lowerTreeLimit) layers")
        }
        if case .made(let size) = options.image {
            guard (1...100).contains(size.layerCount), (0...1_000_000).contains(size.fileCount),
                size.fileByteCount >= 0, size.largeFileByteCount > 0
            else {
                throw LayerError(.usage, "a made image has 1 to 100 layers and up to 1,000,000 files")
            }
        }
        for driver in options.drivers where DriverKind(rawValue: driver) == nil {
            throw LayerError(.usage, "\(DriverError.unknownName(driver))")
        }
        self.options = options
    }

    /// Measures.
    ///
    /// - Parameters:
    ///   - isCancelled: Asked before each measurement whether to end.
    ///   - onProgress: Gets told how far it is.
    /// - Returns: What was measured.
    /// - Throws: `LayerError`: `usage` for a place that this user cannot have, `failure` when it was cancelled or something is left behind.
    public func run(
        isCancelled: @escaping () -> Bool = { false },
        onProgress: @escaping (Progress) -> Void = { _ in }
    ) throws(LayerError) -> BenchmarkReport {
        onProgress(Progress(run: 0, runCount: options.runCount, subject: nil))
        return try LayerError.catching {
            let source = try BenchmarkSource(options)
            let room = try BenchmarkRoom(options.place, storeRoot: options.storeRoot, byteCount: source.roomByteCount)
            let result = Result {
                try BenchmarkRun(options, source, room, isCancelled: isCancelled, onProgress: onProgress).report()
            }
            do throws(LayerError) {
                try room.end()
            } catch {
                // Why the work failed is what the user needs first; that something is left has to be said as well.
                guard case .failure(let first) = result else { throw error }
                throw LayerError(.failure, "\(LayerError.wrapping(first).message); \(error.message)", cause: first)
            }
            return try result.get()
        }
    }
}
