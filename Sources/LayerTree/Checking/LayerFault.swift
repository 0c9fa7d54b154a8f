package import LayerModel

/// Something about a layer's tree that is not as the index says.
package struct LayerFault: Hashable, Sendable {
    /// What is not as it was.
    package enum Aspect: String, Hashable, Sendable {
        /// Nothing stands at the name.
        case missing
        /// The layer has no such name.
        case unexpected
        case kind
        case content
        case size
        case mode
        case owner
        case modificationTime = "modification time"
        case target
        case device
        case attributes = "extended attributes"
        /// Names that were one file are several, or the other way round.
        case links = "hard links"
        /// It could not be looked at.
        case unreadable
    }

    /// The name.
    package let path: LayerPath
    /// What is not as it was.
    package let aspect: Aspect

    /// Describes a fault.
    package init(_ path: LayerPath, _ aspect: Aspect) {
        self.path = path
        self.aspect = aspect
    }
}
