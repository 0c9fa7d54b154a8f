import LayerModel
import LayerSystem
import LayerTestKit

@testable import LayerTree

/// A stack of layers that are known by their tars alone.
struct IndexedStack {
    /// The layers, the lowest first.
    private(set) var layers: [StackedLayer] = []
    private let scratch: ScratchDirectory

    /// Reads tars, the lowest layer first.
    init(_ tars: [[UInt8]], readsContent: Bool = true) throws {
        scratch = try ScratchDirectory()
        let room = try Directory(path: scratch.path)
        for tar in tars {
            let indexer = TarIndexer(readsContent: readsContent) { BytesSource(tar) }
            try indexer.read(BytesSource(tar))
            if indexer.needsLowerLayers { try indexer.settle(over: LowerStack(layers.reversed())) }
            layers.append(try indexer.finish(in: room))
        }
    }

    /// The tree of the layers.
    var stack: LowerStack { LowerStack(layers.reversed()) }
}
