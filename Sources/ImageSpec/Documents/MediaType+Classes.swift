extension MediaType {
    /// The compression that the name of a layer's type tells.
    ///
    /// It is for a check only: what decodes a layer is chosen by its first bytes (contract L-04).
    public enum LayerCompression: String, Hashable, Sendable {
        case none
        case gzip
        case zstd
    }

    private static let ociNondistributable = "application/vnd.oci.image.layer.nondistributable.v1.tar"
    private static let dockerForeign = "application/vnd.docker.image.rootfs.foreign.diff.tar"

    /// Every type of a layer that can be unpacked.
    private static let layers: [MediaType: (compression: LayerCompression, isNondistributable: Bool)] = [
        .ociLayer: (.none, false), .ociLayerGzip: (.gzip, false), .ociLayerZstd: (.zstd, false),
        .dockerLayer: (.none, false), .dockerLayerGzip: (.gzip, false), .dockerLayerZstd: (.zstd, false),
        MediaType(rawValue: ociNondistributable): (.none, true),
        MediaType(rawValue: ociNondistributable + "+gzip"): (.gzip, true),
        MediaType(rawValue: ociNondistributable + "+zstd"): (.zstd, true),
        MediaType(rawValue: dockerForeign): (.none, true),
        MediaType(rawValue: dockerForeign + ".gzip"): (.gzip, true),
        MediaType(rawValue: dockerForeign + ".zstd"): (.zstd, true),
    ]

    /// Whether this is a layer that can be unpacked: known, and not encrypted.
    public var isLayer: Bool { Self.layers[self] != nil }

    /// Whether this is a layer that may be kept but is not handed on (OCI "nondistributable", Docker "foreign").
    public var isNondistributable: Bool { Self.layers[self]?.isNondistributable ?? false }

    /// The compression that a layer's type names; nil for what is no layer.
    public var layerCompression: LayerCompression? { Self.layers[self]?.compression }

    /// Whether this is an index or a manifest list.
    public var isIndex: Bool { self == .ociIndex || self == .dockerManifestList }

    /// Whether this is the manifest of one image or artifact.
    public var isManifest: Bool { self == .ociManifest || self == .dockerManifest }

    /// Whether this is the config of a container image.
    public var isConfig: Bool { self == .ociConfig || self == .dockerConfig }

    /// The OCI type that means the same, or this type when there is none.
    public var ociEquivalent: MediaType {
        switch self {
        case .dockerManifestList: return .ociIndex
        case .dockerManifest: return .ociManifest
        case .dockerConfig: return .ociConfig
        default: break
        }
        guard let layer = Self.layers[self] else { return self }
        let base = layer.isNondistributable ? Self.ociNondistributable : MediaType.ociLayer.rawValue
        return MediaType(rawValue: layer.compression == .none ? base : "\(base)+\(layer.compression.rawValue)")
    }

    /// Whether another type means the same, be it OCI's or Docker's name of it (contract L-03).
    public func isEquivalent(to other: MediaType) -> Bool { ociEquivalent == other.ociEquivalent }
}
