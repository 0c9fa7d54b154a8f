package import LayerSystem

/// What is mounted at a place in a container's tree.
package enum MountedContent {
    /// A directory of the host or of a volume.
    case directory(Directory, OwnerRule)
    /// A file, by its name in a directory of the host.
    case file([UInt8], in: Directory, OwnerRule)
    /// A directory of another tree, which nothing can be changed in.
    case tree(any TreeDirectory)
}
