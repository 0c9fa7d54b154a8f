import ImageSpec
import LayerArchive
import LayerModel

/// Reads the images of an archive from before Docker 1.10: a chain of layers, each with a `json` that names its parent.
///
/// No document says what the layers' DiffIDs are: they are found by reading the layers, and verified against themselves later on.
final class LegacyReader {
    private let contents: any ArchiveContents
    private var diffIDs: [String: DiffID] = [:]

    init(_ contents: any ArchiveContents) {
        self.contents = contents
    }

    /// Finds the images: those that `repositories` names, or where it is absent or empty, every layer that is nobody's parent.
    ///
    /// - Returns: The images, or nil when the archive is not of this form.
    /// - Throws: `TransportError`.
    func entries() throws -> [CatalogEntry]? {
        let bytes = try DocumentReader(contents: contents).document("repositories")
        let subject = contents.subject("repositories".utf8)
        let named = try bytes.map { bytes in
            try TransportError.naming(subject) {
                try LegacyRepositories(parsing: bytes, limits: contents.limits).entries
            }
        }
        guard let named, !named.isEmpty else {
            let tops = try unnamedTops()
            return tops.isEmpty && bytes == nil ? nil : tops
        }
        var tags: [String: [String]] = [:]
        var order: [String] = []
        for entry in named {
            if tags[entry.layerID] == nil { order.append(entry.layerID) }
            tags[entry.layerID, default: []].append("\(entry.name):\(entry.tag)")
        }
        return try order.enumerated().map { position, id in
            let names = try ImageNames.docker(tags[id] ?? [], subject, contents.limits)
            return CatalogEntry(positions: [position], names: names, origin: .legacy(id))
        }
    }

    /// The layers that no other layer is built on, in the order of their IDs.
    private func unnamedTops() throws -> [CatalogEntry] {
        let ids = contents.names.compactMap { path -> String? in
            guard path.components.count == 2, path.name.elementsEqual("json".utf8), let id = path.parent?.bytes,
                id.count == 64, Digest.decodeHex(id) != nil
            else { return nil }
            return String(decoding: id, as: UTF8.self)
        }
        let parents = Set(try ids.compactMap { try config($0).parentID })
        return ids.filter { !parents.contains($0) }.sorted().enumerated().map { position, id in
            CatalogEntry(positions: [position], names: ImageNames(), origin: .legacy(id))
        }
    }

    private func config(_ id: String) throws -> LegacyConfig {
        let name = "\(id)/json"
        guard let bytes = try DocumentReader(contents: contents).document(name) else {
            throw TransportError(.corrupt, contents.subject(name.utf8), "layer not found in the archive")
        }
        return try TransportError.naming(contents.subject(name.utf8)) {
            try LegacyConfig(parsing: bytes, limits: contents.limits)
        }
    }

    /// Makes an image of the chain that ends with a layer.
    ///
    /// - Parameters:
    ///   - id: The top layer's ID.
    ///   - entry: The image's names and place.
    /// - Returns: The image, with the config that Docker makes when it loads such an archive.
    /// - Throws: `TransportError`.
    func image(_ id: String, of entry: CatalogEntry) throws -> ArchiveImage {
        let chain = try chain(to: id)
        var layers: [ArchiveLayer] = []
        for (position, element) in chain.enumerated() {
            layers.append(try layer(element.id, position: position))
        }
        guard let top = chain.last?.config else {
            throw TransportError(.corrupt, contents.subject(id.utf8), "layer not found in the archive")
        }
        let config = try TransportError.naming(contents.subject("\(id)/json".utf8)) {
            let history = chain.map(\.config.historyEntry)
            let bytes = try top.imageConfig(diffIDs: layers.map(\.diffID), history: history)
            return try ImageConfig(parsing: bytes, limits: contents.limits)
        }
        return ArchiveImage(
            references: entry.names.references,
            rawNames: entry.names.raw,
            position: entry.positions.first ?? 0,
            imageID: ImageID(Digest.sha256(of: config.bytes)),
            config: config,
            manifestBytes: nil,
            manifestDigest: nil,
            manifestMediaType: nil,
            configDescriptorDigest: nil,
            layers: layers,
            // Docker takes its own operating system for one that is not named: this form is older than any other one.
            platform: config.architecture.map { Platform(os: config.os ?? "linux", architecture: $0).normalized },
            annotations: [:],
            sourceFormat: .dockerLegacy
        )
    }

    /// The layers from the lowest up to one.
    private func chain(to id: String) throws -> [(id: String, config: LegacyConfig)] {
        var chain: [(id: String, config: LegacyConfig)] = []
        var seen: Set<String> = []
        var next: String? = id
        while let id = next {
            guard seen.insert(id).inserted else {
                throw TransportError(.invalid, contents.subject("\(id)/json".utf8), "the layer is its own ancestor")
            }
            guard seen.count <= contents.limits.count(.manifestLayers) else {
                throw contents.limits.tooMany("layers", .manifestLayers, contents.subject)
            }
            let config = try config(id)
            chain.append((id, config))
            next = config.parentID
        }
        return chain.reversed()
    }

    private func layer(_ id: String, position: Int) throws -> ArchiveLayer {
        let name = "\(id)/layer.tar"
        let subject = contents.subject(name.utf8)
        guard let content = try contents.find(name) else {
            throw TransportError(.corrupt, subject, "layer not found in the archive")
        }
        let diffID =
            try diffIDs[id]
            ?? LayerStream(
                content,
                digest: nil,
                byteCount: nil,
                diffID: nil,
                position: position,
                limits: contents.limits
            ).finish().diffID
        diffIDs[id] = diffID
        return ArchiveLayer(
            diffID: diffID,
            position: position,
            mediaType: nil,
            blobDigest: nil,
            declaredByteCount: nil,
            urls: [],
            memberName: subject.member ?? "",
            subject: subject,
            content: content,
            digestError: nil,
            limits: contents.limits
        )
    }
}
