extension InputLimit {
    /// What is allowed where nothing else is said.
    public var standard: Int64 {
        switch self {
        case .entries: 2_000_000
        case .names: 4 << 20
        case .nameBytes: 512 << 20
        case .extensionHeaders: 16
        case .extensionBytes: 1 << 20
        case .sparseRegions, .attributeBytes: 65_536
        case .sparseBytes: 64 << 30
        case .attributes: 128
        case .layers: 500
        case .layerBytes: 1 << 40
        case .imageBytes: 4 << 40
        case .ratio: 2_000
        case .ratioBytes: 100 << 20
        case .zstdWindow: 128 << 20
        case .members: 100_000
        case .jsonBytes: 4 << 20
        case .jsonDepth: 128
        case .manifestLayers, .repositories: 4_096
        case .history: 10_000
        case .manifests, .images: 1_024
        case .tags, .urls: 1_000
        case .indexDepth: 8
        case .freeBytes: 0
        case .pathBytes, .componentBytes, .linkBytes, .depth, .attributeNameBytes, .ownerID, .deviceNumber: greatest
        }
    }

    /// What can be asked for at most: what the kernel takes, or what this program can count.
    ///
    /// Source: `PATH_MAX`, `NAME_MAX`, `XATTR_NAME_MAX`, `XATTR_SIZE_MAX` of `linux/limits.h`; `man 2 chown` for -1.
    public var greatest: Int64 {
        switch self {
        case .pathBytes, .linkBytes: Int64(LayerPath.byteLimit)
        case .componentBytes: Int64(LayerPath.componentByteLimit)
        case .depth: Int64(LayerPath.byteLimit / 2 + 1)
        case .attributeNameBytes: 255
        case .attributeBytes: 65_536
        case .ownerID: Int64(UInt32.max) - 1
        case .deviceNumber: Int64(UInt32.max)
        case .attributes: 65_535
        case .jsonDepth: 512
        case .layers: 4_096
        case .indexDepth: 64
        case .zstdWindow: 2 << 30
        case .layerBytes, .imageBytes, .sparseBytes, .ratio, .ratioBytes, .freeBytes: 1 << 60
        default: 1 << 30
        }
    }

    /// Whether it counts bytes.
    public var isByteCount: Bool { rawValue.hasSuffix("bytes") || self == .zstdWindow }

    /// Whether more of it refuses more: all others allow more.
    public var isFloor: Bool { self == .freeBytes }

    /// What it limits, in a few words.
    public var summary: String {
        switch self {
        case .entries: "entries in one tar"
        case .names: "names in one layer"
        case .nameBytes: "bytes of all names and link targets of one layer"
        case .pathBytes: "bytes in one path"
        case .componentBytes: "bytes in one component of a path"
        case .linkBytes: "bytes in the target of a symbolic link"
        case .depth: "components in one path"
        case .extensionHeaders: "PAX and GNU headers of one entry"
        case .extensionBytes: "bytes in the PAX and GNU headers of one entry"
        case .sparseRegions: "regions with data in one sparse file"
        case .sparseBytes: "bytes of one sparse file, holes counted"
        case .attributes: "extended attributes of one entry"
        case .attributeNameBytes: "bytes in the name of an extended attribute"
        case .attributeBytes: "bytes in the value of an extended attribute"
        case .ownerID: "largest user or group ID"
        case .deviceNumber: "largest major or minor number of a device"
        case .layers: "layers of an image in a store"
        case .layerBytes: "bytes of one layer or archive, decompressed"
        case .imageBytes: "bytes of all layers that one command unpacks"
        case .ratio: "bytes that come of one compressed byte"
        case .ratioBytes: "decompressed bytes from which on the ratio counts"
        case .zstdWindow: "bytes of a zstd window"
        case .members: "members of one archive of images"
        case .jsonBytes: "bytes of one JSON document"
        case .jsonDepth: "levels in one JSON document"
        case .manifestLayers: "layers in one manifest or config"
        case .history: "steps in the history of one config"
        case .manifests: "manifests in one index or file"
        case .images: "images in one manifest.json"
        case .tags: "names of one image"
        case .repositories: "names in one file repositories"
        case .urls: "addresses in one descriptor"
        case .indexDepth: "indexes in one another"
        case .freeBytes: "bytes that stay free where layers are written"
        }
    }

    /// A refusal with the name of the limit, and how to be allowed more.
    ///
    /// - Parameter reason: What is too much, with the limit that it is over.
    /// - Returns: One line.
    public func refusal(_ reason: String) -> String {
        if isFloor { return "\(reason); --limit \(rawValue)=N with a lower N allows it" }
        if standard == greatest { return "\(reason) [limit \(rawValue)]" }
        return "\(reason); --limit \(rawValue)=N allows more"
    }
}
