import ImageSpec
import LayerModel
import LayerSystem

extension StoreCollector {
    /// Takes layers, images and blobs that no record needs.
    ///
    /// - Parameter mark: What is needed.
    /// - Throws: `SystemError`.
    mutating func takeObjects(_ mark: StoreMark) throws {
        // What no digest names is no object; in doubt even that stays.
        try take(.image, from: StoreLayout.images) { $0.map { mark.strays.contains(ImageID($0)) } ?? true }
        try take(.layer, from: StoreLayout.layers) { $0.map { !mark.needs(LayerKey($0)) } ?? mark.isCertain }
        try take(.blob, from: StoreLayout.blobs) { $0.map { !mark.needs(BlobDigest($0)) } ?? mark.isCertain }
    }

    /// Takes objects of one kind, and the directories that are empty then.
    private mutating func take(
        _ kind: StoreCollection.Kind,
        from top: String,
        where goes: (Digest?) -> Bool
    ) throws {
        guard let all = try root.openIfPresent([top]) else { return }
        for algorithm in try all.list() {
            let name = String(decoding: algorithm, as: UTF8.self)
            guard let parent = try directory(algorithm, in: all) else { continue }
            var stays = false
            for hex in try parent.list() {
                let text = name + ":" + String(decoding: hex, as: UTF8.self)
                if goes(LayerStore.digest(text)) {
                    try take(kind, hex, in: parent, at: [top, name])
                    continue
                }
                stays = true
                // The record of a layer is written anew when the layer has been found whole (`trustedLayer`).
                guard kind == .layer, let layer = try directory(hex, in: parent) else { continue }
                guard let lock = try layer.tryLock(.exclusive) else { continue }
                try takeTemporaryRecords(of: layer, at: [top, name, String(decoding: hex, as: UTF8.self)])
                withExtendedLifetime(lock) {}
            }
            if !stays { try takeEmptied(algorithm, in: all, at: [top]) }
        }
    }

    /// Opens a directory of the store; what is none is told of and stays.
    func directory(_ name: [UInt8], in parent: Directory) throws(SystemError) -> Directory? {
        do throws(SystemError) {
            return try parent.open(name)
        } catch {
            guard error.isNotDirectory || error.isNotFound || error.isLinkRefused else { throw error }
            return nil
        }
    }

    /// Takes a directory that all was taken out of.
    mutating func takeEmptied(_ name: [UInt8], in parent: Directory, at place: [String]) throws {
        guard isDryRun else {
            try takeEmpty(name, in: parent, at: place)
            return
        }
        collection.items.append(StoreCollection.Item(.directory, Self.path(name, at: place), inodeCount: 1))
    }
}
