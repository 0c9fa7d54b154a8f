import LayerArchive
import LayerModel
import LayerSystem
import LayerTestKit
import LayerTree

/// Readers of a layer's index, and the unpacking of a layer.
enum TreeFuzzing {
    static let limits: InputLimits = {
        var limits = InputLimits()
        limits[.layerBytes] = 1 << 22
        limits[.sparseBytes] = 1 << 22
        limits[.sparseRegions] = 1 << 10
        return limits
    }()

    static func index(_ bytes: [UInt8]) {
        do {
            let place = try ScratchPlace()
            try place.directory.makeDirectory(LayerUnpacker.treeName, mode: 0o700)
            let file = try place.directory.createFile(Array("index".utf8))
            let mended = IndexMending.mended(bytes)
            try mended.withUnsafeBytes { try file.write($0) }
            let index = try LayerIndex(MappedFile(place.directory.openFile(Array("index".utf8))))
            for node in index.nodes { try look(at: node, in: index) }
            try drain(TarRecreation(index, layer: place.directory), limit: 1 << 22)
        } catch {
            _ = "\(error)"
        }
    }

    private static func look(at node: IndexNode, in index: LayerIndex) throws {
        let path = index.path(of: node)
        precondition(index.node(at: path) != nil, "a node is not found by its path")
        _ = (index.children(of: node), index.target(of: node), index.extendedAttributes(of: node))
        _ = index.contentDigest(of: node)
    }

    static func layer(_ bytes: [UInt8]) {
        let tar = TarMending.mended(bytes)
        do {
            let place = try ScratchPlace()
            let settings = TreeSettings(
                umask: Host.fileModeMask(),
                uid: Host.effectiveUserID,
                gid: Host.effectiveGroupID,
                usesUserAttributes: Host.effectiveUserID != 0
            )
            let archiveLimits = ArchiveLimits(limits)
            let unpacker = try LayerUnpacker(into: place.directory, settings: settings, limits: archiveLimits)
            try unpacker.read(BytesSource(tar))
            if unpacker.needsLowerLayers { try unpacker.settle(over: []) }
            try unpacker.finish()
            let index = try LayerIndex(MappedFile(place.directory.openFile(LayerUnpacker.indexName)))
            let again = try drain(TarRecreation(index, layer: place.directory), limit: .max)
            precondition(again == tar, "the tar that is made again is another one")
        } catch {
            _ = "\(error)"
        }
    }

    @discardableResult
    private static func drain(_ source: any ByteSource, limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < limit {
            let chunk = try source.nextChunk()
            if chunk.isEmpty { break }
            bytes.append(contentsOf: chunk)
        }
        return bytes
    }
}
