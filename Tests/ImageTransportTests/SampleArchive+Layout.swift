import ImageSpec
import LayerArchive
import LayerModel

extension SampleArchive {
    static let layoutMarker = #"{"imageLayoutVersion": "1.0.0"}"#
    static let indexType = "application/vnd.oci.image.index.v1+json"
    static let manifestType = "application/vnd.oci.image.manifest.v1+json"
    static let configType = "application/vnd.oci.image.config.v1+json"
    static let layerType = "application/vnd.oci.image.layer.v1.tar"

    /// How the blobs of layers are stored.
    enum LayerForm: String, CaseIterable {
        case plain
        case gzip
        case zstd

        func encode(_ tar: [UInt8]) throws -> [UInt8] {
            switch self {
            case .plain: tar
            case .gzip: Codec.gzip(tar)
            case .zstd: try Codec.zstd(tar)
            }
        }

        var suffix: String { self == .plain ? "" : "+\(rawValue)" }
    }

    /// An OCI layout with one entry an image, named by its first tag.
    static func layout(_ images: [SampleImage], form: LayerForm = .gzip) throws -> SampleArchive {
        var archive = SampleArchive()
        archive.add("oci-layout", layoutMarker)
        let entries = try images.map { image in
            let name = image.tags.first.map { #""org.opencontainers.image.ref.name":"\#($0)""# } ?? ""
            return try archive.addImage(image, form: form) + #","annotations":{\#(name)}}"#
        }
        archive.addIndex(entries)
        return archive
    }

    /// As Docker writes from v25 on: an OCI layout and a `manifest.json` in one.
    static func hybrid(_ images: [SampleImage], indexed: [SampleImage]? = nil) throws -> SampleArchive {
        var archive = SampleArchive()
        let entries = try (indexed ?? images).flatMap { image in
            try image.tags.map { tag in
                let short = tag.split(separator: ":").last.map(String.init) ?? tag
                return try archive.addImage(image, form: .plain)
                    + #","annotations":{"io.containerd.image.name":"\#(tag)","org.opencontainers.image.ref.name":"\#(short)"}}"#
            }
        }
        archive.addIndex(entries)
        let manifests = images.map { image in
            for layer in image.layers { archive.addBlob(layer, type: layerType) }
            archive.addBlob(image.config, type: configType)
            return manifest(
                "blobs/sha256/\(image.id.digest.hex)",
                image.tags.isEmpty ? nil : image.tags,
                image.layers.map { "blobs/sha256/\(Digest.sha256(of: $0).hex)" }
            )
        }
        archive.add("manifest.json", "[\(manifests.joined(separator: ","))]")
        archive.add("oci-layout", layoutMarker)
        archive.add("repositories", "{}")
        return archive
    }

    /// Adds config, layers and manifest of an image.
    ///
    /// - Returns: The manifest's descriptor without the closing brace.
    mutating func addImage(_ image: SampleImage, form: LayerForm = .gzip) throws -> String {
        let config = addBlob(image.config, type: Self.configType) + "}"
        let layers = try image.layers.map { layer in
            addBlob(try form.encode(layer), type: Self.layerType + form.suffix) + "}"
        }
        return addManifest(config: config, layers: layers)
    }

    /// Adds a manifest of descriptors.
    mutating func addManifest(config: String, layers: [String]) -> String {
        let text =
            #"{"schemaVersion":2,"mediaType":"\#(Self.manifestType)","config":\#(config),"layers":["#
            + layers.joined(separator: ",") + "]}"
        return addBlob(Array(text.utf8), type: Self.manifestType)
    }

    /// Adds a nested index.
    ///
    /// - Returns: Its descriptor without the closing brace.
    mutating func addNestedIndex(_ entries: [String]) -> String {
        addBlob(Array(Self.index(entries).utf8), type: Self.indexType)
    }

    /// Adds `index.json`.
    mutating func addIndex(_ entries: [String]) {
        add("index.json", Self.index(entries))
    }

    static func index(_ entries: [String]) -> String {
        #"{"schemaVersion":2,"mediaType":"\#(indexType)","manifests":[\#(entries.joined(separator: ","))]}"#
    }

    /// The member `platform` of a descriptor, and the closing brace.
    static func platform(_ os: String, _ architecture: String, _ variant: String? = nil) -> String {
        let more = variant.map { #","variant":"\#($0)""# } ?? ""
        return #","platform":{"os":"\#(os)","architecture":"\#(architecture)"\#(more)}}"#
    }
}
