import Benchmark
import LayerSystem
import LayerTree

/// A layer and its directory: written, read again, compared, and made a tar again.
func registerTrees() {
    registerOnDisk(
        "apply",
        counting: [.writeSyscalls],
        setup: { (Bytes(try MadeLayer.tar(.base)), $0) },
        closure: { benchmark, state in
            let (tar, scratch) = state
            let (directory, name) = try scratch.makeDirectory()
            try benchmark.measure { try UnpackedLayer(tar.source, into: directory) }
            try scratch.directory.removeTree(name)
        }
    )
    registerOnDisk(
        "index-read",
        setup: { try unpack(.base, in: $0) },
        closure: { benchmark, layer in try benchmark.measure { try layer.index().nodes.count } }
    )
    registerOnDisk(
        "diff",
        setup: { LowerStack([try unpack(.next, in: $0).stacked(), try unpack(.base, in: $0).stacked()]) },
        closure: { benchmark, stack in
            let (before, after) = (stack.root(of: [1]), stack.root(of: [0]))
            benchmark.measure { TreeComparison.changes(from: before, to: after, in: stack).changes.count }
        }
    )
    registerOnDisk(
        "tar-write",
        counting: [.readSyscalls],
        setup: { try unpack(.base, in: $0) },
        closure: { benchmark, layer in
            let index = try layer.index()
            try benchmark.measure { try TarRecreation(index, layer: layer.directory).drain() }
        }
    )
}

/// Unpacks a made layer.
func unpack(_ edition: MadeLayer.Edition, in scratch: Scratch) throws -> UnpackedLayer {
    try UnpackedLayer(Bytes(MadeLayer.tar(edition)).source, into: scratch.makeDirectory().directory)
}

/// Registers a benchmark that has a directory of its own.
func registerOnDisk<State>(
    _ name: String,
    counting metrics: [BenchmarkMetric] = [],
    setup: @escaping (Scratch) throws -> State,
    closure: @escaping (Benchmark, State) throws -> Void
) {
    var scratch: Scratch?
    Benchmark(
        name,
        configuration: Measured.configuration(metrics),
        closure: closure,
        setup: {
            let made = try Scratch()
            scratch = made
            do {
                return try setup(made)
            } catch {
                // Nobody else would: what takes down is not called then.
                try made.remove()
                throw error
            }
        },
        teardown: { try scratch?.remove() }
    )
}
