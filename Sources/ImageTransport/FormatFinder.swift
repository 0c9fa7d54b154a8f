import ImageSpec
import LayerArchive
import LayerModel

/// Tells the forms of file apart that have a manifest.
struct FormatFinder {
    let contents: any ArchiveContents

    /// Reads `index.json`.
    ///
    /// - Parameter hasDockerManifest: Whether there is a `manifest.json` as well.
    /// - Returns: The index; nil when there is none, or none that counts beside a `manifest.json`.
    /// - Throws: `TransportError`, also when `oci-layout` is missing or of another version.
    func index(hasDockerManifest: Bool) throws -> ImageIndex? {
        let documents = DocumentReader(contents: contents)
        guard let bytes = try documents.document("index.json") else { return nil }
        let marker = contents.subject("oci-layout".utf8)
        guard let layout = try documents.document("oci-layout") else {
            if hasDockerManifest { return nil }
            throw TransportError(.invalid, marker, "missing beside index.json")
        }
        try TransportError.naming(marker) { _ = try ImageLayoutFile(parsing: layout, limits: contents.limits) }
        return try TransportError.naming(contents.subject("index.json".utf8)) {
            try ImageIndex(parsing: bytes, allowsNull: hasDockerManifest, limits: contents.limits)
        }
    }

    /// Looks for containers/image's `dir:`, which a file `version` beside `manifest.json` marks.
    ///
    /// - Returns: Where its documents lie, and a descriptor of `manifest.json`; nil when the file has another form.
    /// - Throws: `TransportError`.
    func blobDirectory() throws -> (documents: DocumentReader, root: Descriptor)? {
        var documents = DocumentReader(contents: contents, naming: .directory)
        guard let marker = try contents.find("version"), marker.byteCount < 64,
            try marker.readAll(contents.limits).starts(with: "Directory Transport Version: 1.".utf8),
            let bytes = try documents.document("manifest.json")
        else { return nil }
        let type = try TransportError.naming(contents.subject("manifest.json".utf8)) { try mediaType(of: bytes) }
        let digest = BlobDigest(Digest.sha256(of: bytes))
        documents.known[digest.description] = bytes
        return (documents, Descriptor(mediaType: type, digest: digest, byteCount: Int64(bytes.count)))
    }

    /// What a manifest is that no descriptor leads to: as it says itself, or else by its members.
    private func mediaType(of manifest: [UInt8]) throws -> MediaType {
        let json = try JSONValue(parsing: manifest, limits: JSONLimits(contents.limits))
        if let type = json["mediaType"]?.stringValue { return MediaType(rawValue: type) }
        return json["manifests"] == nil ? .ociManifest : .ociIndex
    }
}
