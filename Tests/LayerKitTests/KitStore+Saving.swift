import LayerKit
import LayerModel

extension KitStore {
    /// Saves images in memory.
    func saved(_ names: [String], _ options: SaveOptions = SaveOptions()) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try store.save(names, options) { bytes += $0 }
        return bytes
    }

    /// The IDs of all images, sorted.
    func imageIDs() throws -> [String] { try store.images().images.map(\.id.description).sorted() }
}

extension SaveOptions {
    /// The usual choices for a form, and a compression.
    init(_ format: SaveFormat, _ compression: BlobCompression? = nil, since: [String] = []) {
        self.init()
        self.since = since
        self.format = format
        self.compression = compression
    }
}
