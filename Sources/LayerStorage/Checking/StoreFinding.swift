/// Something about a store that is not as it should be.
package struct StoreFinding: Hashable, Sendable {
    /// What kinds of things a store holds.
    package enum Kind: String, Hashable, Sendable {
        /// The store's own directories and files.
        case store
        case layer
        case image
        case name
        case blob
        case container
        case volume
    }

    /// What kind of thing it is about.
    package let kind: Kind
    /// Which one: a digest, an ID, a name; empty for the store itself.
    package let id: String
    /// The name below its place, as bytes: with a slash in front in the tree of a layer, nil for the thing as a whole.
    package let path: [UInt8]?
    /// What is wrong, in a few words.
    package let reason: String
    /// A command that helps, where one is known.
    package let remedy: String?

    /// Describes what was found.
    package init(_ kind: Kind, _ id: String, _ path: [UInt8]? = nil, _ reason: String, remedy: String? = nil) {
        self.kind = kind
        self.id = id
        self.path = path
        self.reason = reason
        self.remedy = remedy
    }
}
