package import LayerSystem

/// The tree of a container as the kernel shows it: at its mount, or in its checkout.
package final class MountedTree: ContainerTree {
    private let top: OpenDirectory

    /// The root.
    package var root: any TreeDirectory { top }

    /// Takes the open root of a container.
    ///
    /// - Parameters:
    ///   - root: The root of the mount or of the checkout.
    ///   - owners: Whose numbers stand there for which owners.
    ///   - work: Where files are made before they come to their places; nil to make them beside those.
    package init(_ root: Directory, owners: OwnerRule, work: Directory? = nil) {
        top = OpenDirectory(root, owners: owners, work: work)
    }

    /// Returns when what was written has reached the device, through the mount.
    package func synchronize() throws { try top.directory.synchronizeFileSystem() }
}
