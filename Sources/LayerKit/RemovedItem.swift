public import ImageSpec
public import LayerModel
import LayerStorage

/// Something that a removal took away, or had to leave.
public enum RemovedItem: Hashable, Sendable {
    /// A name.
    case name(ImageReference)
    /// An image.
    case image(ImageID)
    /// A layer, named by the stack that it was the top of.
    case layer(ChainID)
    /// An image that has no name any more and stays while a container uses it: the container's ID as 64 hexadecimal digits.
    case kept(ImageID, container: String)

    init(_ event: RemovalEvent) {
        switch event {
        case .untagged(let reference): self = .name(reference)
        case .deletedImage(let id): self = .image(id)
        case .deletedLayer(let id): self = .layer(id)
        case .keptImage(let id, let container): self = .kept(id, container: container.hex)
        }
    }
}

extension RemovedItem: CustomStringConvertible {
    /// The line that `docker rmi` prints; of what stays, why it does.
    public var description: String {
        switch self {
        case .name(let reference): "Untagged: \(reference.familiar)"
        case .image(let id): "Deleted: \(id)"
        case .layer(let id): "Deleted: \(id)"
        case .kept(let id, let container): "image \(id) stays: container \(container.prefix(12)) uses it"
        }
    }
}
