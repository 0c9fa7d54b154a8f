public import ImageSpec
public import LayerModel
import LayerStorage

/// Something that a removal took away.
public enum RemovedItem: Hashable, Sendable {
    /// A name.
    case name(ImageReference)
    /// An image.
    case image(ImageID)
    /// A layer, named by the stack that it was the top of.
    case layer(ChainID)

    init(_ event: RemovalEvent) {
        switch event {
        case .untagged(let reference): self = .name(reference)
        case .deletedImage(let id): self = .image(id)
        case .deletedLayer(let id): self = .layer(id)
        }
    }
}

extension RemovedItem: CustomStringConvertible {
    /// The line that `docker rmi` prints.
    public var description: String {
        switch self {
        case .name(let reference): "Untagged: \(reference.familiar)"
        case .image(let id): "Deleted: \(id)"
        case .layer(let id): "Deleted: \(id)"
        }
    }
}
