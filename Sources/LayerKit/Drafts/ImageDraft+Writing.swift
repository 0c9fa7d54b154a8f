import ImageSpec
import ImageTransport
import LayerModel
import LayerSystem

extension ImageDraft {
    /// Writes images as an archive, byte for byte the same whenever the same is asked for.
    ///
    /// - Parameters:
    ///   - drafts: The images; layers that several have are written once.
    ///   - options: What is asked for; a directory is none of the archives. Without a compression, layers go out as they lie where the
    ///     form carries that, and plain where it does not.
    ///   - sink: Takes the bytes, valid during the call only; nothing comes before all compressed layers are verified.
    /// - Throws: `LayerError`: `corrupt` for a layer that is not what its digests say; what the sink threw, as the cause of a `failure`.
    public static func write(
        _ drafts: [ImageDraft],
        _ options: SaveOptions = SaveOptions(),
        sink: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws(LayerError) {
        try LayerError.catching {
            guard options.format != .ociDirectory else {
                throw LayerError(.usage, "\(options.format.rawValue) is a directory and no stream")
            }
            try write(drafts, options, into: TarSink(sink))
        }
    }

    /// Writes images as an OCI layout directory, which appears whole or not at all.
    ///
    /// - Parameters:
    ///   - drafts: The images.
    ///   - options: What is asked for; the format counts for nothing.
    ///   - path: The directory; may be there if it is empty.
    /// - Throws: `LayerError`: as for an archive; `conflict` when the directory is there and not empty.
    public static func write(
        _ drafts: [ImageDraft],
        _ options: SaveOptions = SaveOptions(),
        intoDirectory path: String
    ) throws(LayerError) {
        try LayerError.catching {
            var options = options
            options.format = .ociDirectory
            try NewDirectory.make(path) { try write(drafts, options, into: DirectorySink($0)) }
        }
    }

    private static func write(_ drafts: [ImageDraft], _ options: SaveOptions, into sink: any ImageSink) throws {
        try options.checkForm()
        let blobs = DraftBlobs(options)
        let images = try zip(drafts, blobs.prepare(drafts)).map { draft, layers in
            OutgoingImage(
                references: draft.references,
                id: draft.id,
                config: draft.config,
                layers: layers,
                base: draft.base,
                receivedManifest: draft.receivedManifest
            )
        }
        let plan = LayoutPlan(images, form: options.format.layoutForm)
        try LayoutWriter(plan) { try blobs.open($0, readsAhead: $1) }.write(into: sink)
    }
}
