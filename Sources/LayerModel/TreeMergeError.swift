/// Why an entry has no meaning in a stack of layers.
public enum TreeMergeError: Error, Equatable, Sendable {
    /// A marker names nothing, `.` or `..`.
    case badWhiteout(LayerPath)
    /// An entry for the root is no directory.
    case rootIsNoDirectory
    /// A hard link leads to nothing, or to a directory.
    case linkTargetMissing(LayerPath)
    /// A name leads through more than 40 symbolic links.
    case tooManyLinks(LayerPath)
}
