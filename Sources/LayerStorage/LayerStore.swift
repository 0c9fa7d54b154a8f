package import LayerModel
package import LayerSystem
import LayerTree

/// A store of layers and images: a directory, every object of it a directory or a small record.
///
/// ```
/// ROOT/  format.json  lock
///   layers/<algorithm>/<hex>/   tree/ index layer.json (shadowed/)   named by DiffID; by ChainID if not self-contained
///   images/<algorithm>/<hex>/   config.json (manifest.json) image.json
///   names/<repository>/:<tag>
///   blobs/<algorithm>/<hex>     compressed layers, where they were to be kept
///   containers/<id>/            container.json upper/ work/ merged/
///   volumes/<name>/             volume.json _data/
///   staging/<unique>/           unfinished work of those who hold `lock`
///   trash/                      deleted: renamed here, then removed
/// ```
///
/// Those who add hold the shared lock of `lock`, those who delete the exclusive one: with that in hand all of `staging` and `trash`
/// is nobody's. Locks die with their process. Nothing is changed in place: work is done in `staging`, synchronised, and published
/// by a rename. A layer or an image without its record does not exist.
///
/// A container's own directory is locked by those who look into its upper directory (shared) or change it (exclusive); the lock of
/// `containers` is held, for moments only, to write or remove records: a name belongs to one container. Who needs both takes the
/// container's first.
///
/// Volumes are locked likewise: the one directory shared by those who bring it into a container, exclusively by those who remove,
/// rename or refill it; `volumes`, for moments, to write or remove records. A volume's lock is taken before that of `volumes`.
package final class LayerStore: Sendable {
    /// What a store is opened for.
    package enum Access: Sendable {
        /// Looking: nothing is made, a store that does not exist is empty.
        case reading
        /// Changing: the store is made when it is not there.
        case writing
    }

    /// The version of the layout.
    ///
    /// A store of a later version is refused.
    package static let formatVersion: Int64 = 1

    /// The path of the root as it was given.
    package let path: String
    /// The root; nil for a store that does not exist.
    package let root: Directory?

    /// Opens a store.
    ///
    /// - Parameters:
    ///   - path: The root.
    ///   - access: What for.
    ///   - durability: What a change has behind it before it is done.
    /// - Throws: `StorageError`: `unsupported` for a store of another version, `permission` for a root that others may write,
    ///   `invalid` for a directory that is something else; `SystemError`.
    package init(path: String, access: Access, durability: Durability = .full) throws {
        self.path = path
        switch access {
        case .writing: root = try StoreLayout.make(path, durability)
        case .reading: root = try StoreLayout.openIfPresent(path)
        }
    }

    /// What a change has behind it before it is done.
    package var durability: Durability { root?.durability ?? .full }

    /// The root of a store that is there.
    func existingRoot() throws -> Directory {
        guard let root else { throw StorageError(.notFound, path, "there is no store") }
        return root
    }

    /// The directory of a layer; nil when it is not there.
    package func layerDirectory(_ key: LayerKey) throws -> Directory? {
        try root?.openIfPresent(StoreLayout.layer(key))
    }

    /// The path of a layer's tree on the host.
    package func treePath(of key: LayerKey) -> String {
        "\(path)/\(StoreLayout.layer(key).joined(separator: "/"))/tree"
    }

    /// Finds a layer for a place in a stack: under its DiffID, or under the ChainID of the stack.
    ///
    /// - Parameters:
    ///   - diffID: The layer.
    ///   - chainID: The stack up to the layer.
    ///   - damaged: Layers that are known not to be whole.
    /// - Returns: The record of a layer that is whole as far as a look can tell; nil when it must be unpacked.
    /// - Throws: `SystemError`.
    package func layer(
        _ diffID: DiffID,
        in chainID: ChainID,
        excluding damaged: Set<LayerKey> = []
    ) throws -> LayerRecord? {
        for key in [LayerKey(diffID), LayerKey(chainID)] where !damaged.contains(key) {
            guard let record = try trustedLayer(key), record.summary.diffID == diffID else { continue }
            // What lies at a DiffID may be the lowest layer of a stack, which is named by the same digest.
            if record.chainID == nil || record.chainID == chainID { return record }
        }
        return nil
    }

    /// The record of a layer whose parts are all there, of the recorded sizes; nil otherwise.
    package func intactLayer(_ key: LayerKey) throws -> LayerRecord? { try intactParts(key)?.record }

    /// The record and the directory of a layer whose parts are all there, of the recorded sizes; nil otherwise.
    func intactParts(_ key: LayerKey) throws -> (record: LayerRecord, directory: Directory)? {
        do {
            guard let layer = try layerDirectory(key), let record = try record(of: layer) else { return nil }
            guard try layer.statusIfPresent("tree")?.kind == .directory,
                try layer.statusIfPresent("index")?.byteCount == record.indexByteCount
            else { return nil }
            return (record, layer)
        } catch let error as StorageError where error.kind == .corrupt {
            // Damaged is as good as absent: the next load puts a whole one in its place.
            return nil
        } catch let error as SystemError where error.isNotDirectory || error.isNotRegularFile {
            return nil
        }
    }

    private func record(of layer: Directory) throws -> LayerRecord? {
        try RecordFile.read("layer.json", in: layer).map { try LayerRecord($0, subject: layer.label) }
    }
}
