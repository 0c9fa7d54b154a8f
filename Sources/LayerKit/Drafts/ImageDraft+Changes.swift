public import ImageSpec
import ImageTransport
import LayerArchive
public import LayerModel
import LayerSystem

extension ImageDraft {
    /// An image without layers, to begin with.
    ///
    /// - Parameter platform: What it is to run on; nil for what the host does.
    /// - Returns: The image.
    /// - Throws: `LayerError`.
    public static func empty(for platform: Platform? = nil) throws(LayerError) -> ImageDraft {
        try LayerError.catching {
            let platform = platform ?? .host
            var object: JSONObject = ["architecture": .string(platform.architecture)]
            object["os"] = .string(platform.os)
            object["variant"] = platform.variant.map { .string($0) }
            object["rootfs"] = .object(["type": "layers", "diff_ids": .array([])])
            return ImageDraft(
                config: try ImageConfig(parsing: JSONValue.object(object).encoded(sortedKeys: true)),
                layers: []
            )
        }
    }

    /// Puts a layer on top.
    ///
    /// - Parameters:
    ///   - layer: The layer; compressed in a file as the one below it is.
    ///   - step: What the history says of it.
    /// - Throws: `LayerError` when there are more layers than an image may have.
    public mutating func append(_ layer: DraftLayer, _ step: CommitStep) throws(LayerError) {
        try LayerError.catching {
            var revision = try ConfigRevision(config)
            revision.append(layer.diffID, step)
            var layer = layer
            if layer.compression == nil, let below = layers.last { layer.compression = try below.usualCompression() }
            let changed = try revision.config()
            layers.append(layer)
            config = changed
            base = origin
        }
    }

    /// Changes the config.
    ///
    /// - Parameters:
    ///   - changes: What becomes of the member `config`.
    ///   - author: Who made the image; nil for what it says.
    ///   - step: What the history says of it; nil for no step of its own.
    ///   - created: When the image was made; nil for the step's time, or what it says.
    /// - Throws: `LayerError` of code `usage` for changes that make no sense.
    public mutating func change(
        _ changes: ConfigChanges,
        author: String? = nil,
        step: CommitStep?,
        created: Timestamp? = nil
    ) throws(LayerError) {
        try LayerError.catching {
            var revision = try ConfigRevision(config)
            do throws(ChangeError) {
                revision.settings = try changes.applied(to: config.config)
            } catch {
                throw LayerError(.usage, "\(error)", cause: error)
            }
            if let author { revision.author = author }
            if let step { revision.append(nil, step) }
            if let created { revision.created = created }
            config = try revision.config()
        }
    }

    /// Puts the layers above a base on top of another base.
    ///
    /// The settings stay the image's own; the history is that of the new base, and behind it what the image added.
    ///
    /// - Parameters:
    ///   - old: The base that the image was made from.
    ///   - new: The base that it is to stand on.
    ///   - created: When the new image is made; nil for what the image says.
    /// - Throws: `LayerError` of code `conflict` when the layers of the old base are not the lowest ones of the image, or the new one runs
    ///   elsewhere.
    public mutating func rebase(
        from old: ImageDraft,
        onto new: ImageDraft,
        created: Timestamp? = nil
    ) throws(LayerError) {
        try LayerError.catching {
            let (own, base) = (layers.map(\.diffID), old.layers.map(\.diffID))
            guard own.starts(with: base) else {
                let place = zip(own, base).prefix { $0 == $1 }.count
                let what = place < own.count ? "layer \(place + 1) is another" : "it has \(own.count) layers only"
                throw LayerError(.conflict, "the old base is not the base of the image: \(what)")
            }
            if let platform = config.platform, let other = new.config.platform,
                (platform.os, platform.architecture) != (other.os, other.architecture)
            {
                throw LayerError(.conflict, "the image runs on \(platform), the new base on \(other)")
            }
            var revision = try ConfigRevision(config)
            try revision.rebase(from: old.config, onto: new.config)
            if let created { revision.created = created }
            let changed = try revision.config()
            layers = new.layers + layers[base.count...]
            config = changed
            self.base = new.origin
        }
    }
}

extension DraftLayer {
    /// How the layer is compressed, at the usual level; nil for not at all, and for kinds that are never written.
    func usualCompression() throws -> BlobCompression? {
        if let compression { return compression }
        let usual = BlobCompression(usual: try source.compression())
        return usual == .uncompressed ? nil : usual
    }
}
