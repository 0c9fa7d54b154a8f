package import LayerModel
import LayerSystem

/// Something about a layer's files that is not as the index says.
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
        /// What a directory says to overlayfs: that it hides what lies below, that it holds whiteouts.
        case marks = "overlay marks"
        /// Names that were one file are several, or the other way round.
        case links = "hard links"
        /// It could not be looked at.
        case unreadable
    }

    /// The name, in the tree; of a shadowed file in the layer's directory.
    package let path: LayerPath
    /// What is not as it was.
    package let aspect: Aspect
    /// Why it could not be looked at, in the kernel's words; nil for other aspects.
    package let reason: String?
    /// The number of a file that the tar has and no name is left of; nil for a name in the tree.
    package let shadow: Int?

    /// Describes a fault of a name in the tree.
    package init(_ path: LayerPath, _ aspect: Aspect) {
        self.path = path
        self.aspect = aspect
        reason = nil
        shadow = nil
    }

    /// Describes a name in the tree that could not be looked at.
    init(_ path: LayerPath, unreadable error: any Error) {
        self.path = path
        aspect = .unreadable
        reason = (error as? SystemError)?.reason ?? "\(error)"
        shadow = nil
    }

    /// What is wrong, for people.
    package var text: String { reason.map { "\(aspect.rawValue): \($0)" } ?? aspect.rawValue }

    /// Whether what puts it right is not in the index: it may be what a file holds.
    package var needsContent: Bool {
        switch aspect {
        case .content, .size, .missing, .kind, .unreadable, .links: true
        case .unexpected, .mode, .owner, .modificationTime, .target, .device, .attributes, .marks: false
        }
    }

    /// Describes a fault of a shadowed file.
    init(shadow number: Int, _ aspect: Aspect) {
        path = ShadowDirectory.path(of: number)
        self.aspect = aspect
        reason = nil
        shadow = number
    }
}
