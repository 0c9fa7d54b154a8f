import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem

extension ImageDraft {
    /// Makes an image of one layer of an archive of a root file system.
    ///
    /// A tar is the layer as it is, byte for byte, once it is decompressed. A cpio, zip, 7z or another archive becomes a tar, the same one each
    /// time. Names that lead out and whatever else no layer may have are refused.
    ///
    /// - Parameters:
    ///   - path: The archive, plain or compressed with gzip, bzip2, xz, zstd or lz4; `-` for the standard input.
    ///   - options: What is asked for.
    /// - Returns: The image, without a name.
    /// - Throws: `LayerError`: `notFound`; `corrupt` for what cannot be read or is refused; `usage` for changes that make no sense.
    public static func importing(
        _ path: String,
        _ options: ImportOptions = ImportOptions()
    ) throws(LayerError) -> ImageDraft {
        try LayerError.catching {
            let layer = try RootArchive(path, options.limits).layer()
            let config = try CommittedConfig(
                base: nil,
                platform: options.platform ?? .host,
                config: try options.changes?.applied(to: JSONObject()) ?? JSONObject(),
                layers: .added(layer.diffID),
                // Source: moby `api/server/router/image/image_routes.go`: what a client sends is "-", whatever the file's name.
                step: CommitStep(created: options.time ?? Host.now(), comment: options.message ?? "Imported from -")
            )
            return ImageDraft(config: config.config, layers: [DraftLayer(layer)])
        }
    }
}
