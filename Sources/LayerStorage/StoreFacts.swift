import LayerModel
package import LayerSystem
import LayerTree

/// What `info` says of a store.
package struct StoreFacts: Sendable {
    /// How many images there are.
    package var imageCount = 0
    /// How many containers there are.
    package var containerCount = 0
    /// How many layers there are.
    package var layerCount = 0
    /// How many names there are.
    package var nameCount = 0
    /// The sum of the layers' sizes, in bytes.
    package var layerByteCount: Int64 = 0
    /// The file system that the root lies on; nil for a store that does not exist.
    package var fileSystem: FileSystemFacts?
}

extension LayerStore {
    /// Counts what is there.
    ///
    /// - Returns: The counts.
    /// - Throws: `SystemError`.
    package func facts() throws -> StoreFacts {
        var facts = StoreFacts()
        let listing = try images()
        facts.imageCount = listing.images.count
        facts.nameCount = listing.images.reduce(0) { $0 + $1.names.count }
        facts.containerCount = try containerIDs().count
        for key in try layerKeys() {
            guard let record = try intactLayer(key) else { continue }
            facts.layerCount += 1
            facts.layerByteCount += record.summary.treeByteCount
        }
        facts.fileSystem = try root?.fileSystemFacts()
        return facts
    }

    /// The keys of all layers, with a whole record or without.
    ///
    /// - Returns: The keys, in no order.
    /// - Throws: `SystemError`.
    package func layerKeys() throws -> [LayerKey] {
        try digests(in: StoreLayout.layers).map { LayerKey($0) }
    }
}
