package import ImageSpec
package import LayerModel

/// Something that a removal took away, in the order in which it did.
package enum RemovalEvent: Hashable, Sendable {
    /// A name.
    case untagged(ImageReference)
    /// An image.
    case deletedImage(ImageID)
    /// The top of a stack that no image has any more.
    case deletedLayer(ChainID)
    /// An image that lost its names and stays, because a container uses it.
    case keptImage(ImageID, ContainerID)
}
