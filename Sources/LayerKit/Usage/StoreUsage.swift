public import LayerModel

/// What takes room in a store, and what would be free without it.
public struct StoreUsage: Sendable {
    /// What one image takes.
    public struct Image: Sendable {
        /// The image.
        public let details: ImageDetails
        /// The layers that other images have as well, in bytes as Docker counts them.
        public let sharedByteCount: Int64
        /// The layers that no other image has, in bytes.
        public let uniqueByteCount: Int64
        /// How many containers are made of it.
        public let containerCount: Int
    }

    /// A layer as a part of the stacks that it stands in.
    public struct Layer: Sendable {
        /// The layer's identity.
        public let diffID: DiffID
        /// What it adds up to; nil for one that is not whole.
        public let size: LayerSize?
        /// The images whose stack begins with the layers up to this one.
        public let images: [ImageID]
        /// The images of which it is the topmost layer, each with its names.
        public let tops: [ImageDetails]
        /// How many containers are made of any of the images.
        public let containerCount: Int
        /// The layers that lie on it.
        public let children: [Layer]
    }

    /// The images, the newest first.
    public let images: [Image]
    /// The containers, measured.
    public let containers: [ContainerDetails]
    /// The volumes of the store, measured.
    public let volumes: [VolumeDetails]
    /// The lowest layers, and on each of them what lies there.
    public let layers: [Layer]
    /// Layers that no image and no container has.
    public let unused: [Layer]
    /// All layers, each once, in bytes as Docker counts them.
    public let layerByteCount: Int64
    /// Layers that no container needs, each once, in bytes.
    ///
    /// Docker takes all that images share for free as soon as one of them has no container.
    public let reclaimableImageByteCount: Int64
    /// Records that cannot be read, a line each.
    public let problems: [String]

    /// What containers hold that are not in use, in bytes.
    public var reclaimableContainerByteCount: Int64 {
        containers.filter { !$0.state.isInUse }.reduce(0) { $0 + ($1.upperByteCount ?? 0) }
    }

    /// What volumes hold that no container uses, in bytes.
    public var reclaimableVolumeByteCount: Int64 {
        volumes.filter(\.users.isEmpty).reduce(0) { $0 + ($1.size?.byteCount ?? 0) }
    }

    /// What all volumes hold, in bytes; those whose files this user may not read count for nothing.
    public var volumeByteCount: Int64 { volumes.reduce(0) { $0 + ($1.size?.byteCount ?? 0) } }

    /// What all containers hold, in bytes.
    public var containerByteCount: Int64 { containers.reduce(0) { $0 + ($1.upperByteCount ?? 0) } }
}
