import LayerStorage

/// Something about a store that is not as it should be.
public struct StoreFault: Hashable, Sendable {
    /// What kinds of things a store holds.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The store's own directories and files.
        case store
        /// A layer: its record, its index, its tree.
        case layer
        /// An image: its documents, and whether its layers are there.
        case image
        /// A name of an image.
        case name
        /// The compressed bytes of a layer that are kept.
        case blob
        /// A container: its record, and whether what it needs is there.
        case container
        /// A volume: its record.
        case volume
    }

    /// What kind of thing it is about.
    public let kind: Kind
    /// Which one: the digest of a layer's directory, of an image or of a blob, a container's ID, a name; empty for the store itself.
    public let id: String
    /// The name below the thing's place, as bytes: with a slash in front one of a layer's tree, nil for the thing as a whole.
    public let path: [UInt8]?
    /// What is wrong, in a few words.
    public let reason: String
    /// A command that helps; nil where none is known.
    public let remedy: String?

    init(_ finding: StoreFinding) {
        kind = Kind(finding.kind)
        id = finding.id
        path = finding.path
        reason = finding.reason
        remedy = finding.remedy
    }
}

extension StoreFault.Kind {
    init(_ kind: StoreFinding.Kind) {
        self =
            switch kind {
            case .store: .store
            case .layer: .layer
            case .image: .image
            case .name: .name
            case .blob: .blob
            case .container: .container
            case .volume: .volume
            }
    }
}
