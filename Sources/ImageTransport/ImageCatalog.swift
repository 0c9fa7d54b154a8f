import ImageSpec
import LayerArchive
import LayerModel

/// The images that a file offers, and the form in which it does.
struct ImageCatalog {
    /// The form of the file.
    let format: ArchiveFormat
    /// The images in their order.
    let entries: [CatalogEntry]
    /// What errors about the whole file name.
    let subject: TransportError.Subject
    /// The entries of `index.json`, those that are no images too.
    let indexEntries: [Descriptor]

    private let layout: LayoutReader
    private let docker: DockerReader
    private let legacy: LegacyReader

    /// Finds out what a file offers.
    ///
    /// `index.json` is preferred where it leads to an image, as containerd does; where a `manifest.json` stands beside it, both must
    /// mean the same image when each means one, since other readers prefer the other. What only `manifest.json` has comes behind:
    /// Docker leaves untagged images out of `index.json`.
    ///
    /// - Parameter contents: The files.
    /// - Throws: `TransportError`.
    init(_ contents: any ArchiveContents) throws {
        let finder = FormatFinder(contents: contents)
        let docker = DockerReader(contents: contents)
        let legacy = LegacyReader(contents)
        self.docker = docker
        self.legacy = legacy
        subject = contents.subject
        if let (documents, root) = try finder.blobDirectory() {
            let layout = LayoutReader(documents)
            self.layout = layout
            format = .blobDirectory
            indexEntries = [root]
            entries = try layout.entries(of: [root])
            return
        }
        let layout = LayoutReader(DocumentReader(contents: contents))
        self.layout = layout
        let manifests = try docker.manifests()
        let index = try finder.index(hasDockerManifest: manifests != nil)
        indexEntries = index?.manifests ?? []
        let layoutEntries = try layout.entries(of: indexEntries)
        let isLayout = try index != nil && (manifests == nil || layoutEntries.contains(where: layout.hasImage))
        if isLayout {
            format = contents.isDirectory ? .ociLayout : manifests == nil ? .ociArchive : .dockerHybrid
            entries = try Self.joining(layoutEntries, indexEntries.count, manifests ?? [], layout, docker)
        } else if let manifests {
            format = try contents.find("index.json") == nil ? .dockerArchive : .dockerHybrid
            entries = try docker.entries(manifests)
        } else if let legacyEntries = try legacy.entries() {
            format = .dockerLegacy
            entries = legacyEntries
        } else {
            let reason = "not an image archive: neither manifest.json, index.json nor repositories is in it"
            throw TransportError(.invalid, subject, reason)
        }
    }

    /// Adds to the images of `index.json` what `manifest.json` knows: further names, and further images.
    private static func joining(
        _ entries: [CatalogEntry],
        _ indexCount: Int,
        _ manifests: [DockerManifest],
        _ layout: LayoutReader,
        _ docker: DockerReader
    ) throws -> [CatalogEntry] {
        guard !manifests.isEmpty else { return entries }
        var joined = entries
        let known = try entries.map { entry in
            let configs = try layout.images(layout.candidates(entry)).compactMap(\.config)
            return Set(configs.map { Digest.sha256(of: $0.bytes) })
        }
        var nextPosition = indexCount
        for (manifest, further) in zip(manifests, try docker.entries(manifests)) {
            guard let imageID = try docker.imageID(manifest) else { continue }
            if let place = known.firstIndex(where: { $0.contains(imageID.digest) }) {
                joined[place].names.add(further.names)
            } else if manifests.count == 1, entries.count == 1 {
                let subject = docker.contents.subject
                throw TransportError(.invalid, subject, "index.json and manifest.json name different images")
            } else {
                joined.append(further.at(nextPosition))
                nextPosition += 1
            }
        }
        return joined
    }

    /// Reads the documents of one image.
    ///
    /// - Parameters:
    ///   - entry: The image.
    ///   - request: The platform.
    /// - Returns: The image.
    /// - Throws: `TransportError`.
    func image(_ entry: CatalogEntry, _ request: PlatformRequest) throws -> ArchiveImage {
        let image: ArchiveImage
        switch entry.origin {
        case .layout: return try layout.image(layout.choose(entry, request), of: entry, format: format)
        case .docker(let manifest): image = try docker.image(manifest, of: entry, format: format)
        case .legacy(let id): image = try legacy.image(id, of: entry)
        }
        guard request.accepts(onlyImageFor: image.platform) else {
            throw request.mismatch(entry.title, subject, offered: [image.platform])
        }
        return image
    }
}
