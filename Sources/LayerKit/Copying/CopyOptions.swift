/// How to copy.
public struct CopyOptions: Hashable, Sendable {
    /// Whether owners and extended attributes are kept.
    ///
    /// Otherwise all that comes into a container belongs to root there, and all that comes to the host to the user.
    public var isArchive = false
    /// Whether a link that SRC names is followed.
    public var followsLinks = false

    /// Makes the usual choices.
    public init() {}
}
