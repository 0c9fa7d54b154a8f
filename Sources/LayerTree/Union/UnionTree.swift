package import LayerSystem

/// The tree that layers and a read-write layer above them make, without any mount.
///
/// What is written goes into the read-write layer in the form in which overlayfs has it: the first change of a file copies that one file
/// up, with the directories above it; a name that is removed becomes a whiteout where a layer below has it; a directory that is made
/// where a layer below has one is opaque. So a later mount, and `ChangeWalk`, see the same tree. As with overlayfs' own (`index=off`), a
/// further name of a file of a layer is a file of its own once one of the two is copied up.
///
/// Everything is made under a temporary name in the work directory and put in its place in one step. Whoever makes such a tree holds
/// the container's lock, and knows that the read-write layer is not mounted: overlayfs would not notice changes behind its back.
///
/// The disk of an ordinary user has one owner only. What belongs to root in the container belongs to that user there, other owners are
/// kept for files that come from a layer, and files stay readable for their owner whatever their mode.
///
/// Source: Linux `Documentation/filesystems/overlayfs.rst`.
package final class UnionTree: ContainerTree {
    private let context: UnionContext
    private let top: UnionDirectory

    /// Opens the tree of an image: nothing in it can be changed.
    ///
    /// - Parameter lowers: The image's layers.
    package init(_ lowers: LowerStack) {
        let form = UpperForm(namespaces: [], ownUserID: 0, ownGroupID: 0, hasExactOwners: true)
        context = UnionContext(lowers, form, work: nil)
        top = UnionDirectory(rootOf: context, upper: nil, overlay: .none)
    }

    /// Opens the tree of a container that is not mounted.
    ///
    /// - Parameters:
    ///   - upper: The root of the read-write layer.
    ///   - work: A directory of the same file system where nobody looks for anything; nil to read only.
    ///   - lowers: The layers below.
    ///   - form: How the read-write layer says what it changes.
    /// - Throws: `SystemError`.
    package init(
        upper: Directory,
        work: Directory?,
        over lowers: LowerStack,
        form: UpperForm
    ) throws(SystemError) {
        let overlay = OverlayAttribute(try upper.extendedAttributes(), form.namespaces)
        context = UnionContext(lowers, form, work: work)
        top = UnionDirectory(rootOf: context, upper: upper, overlay: overlay)
    }

    /// The root.
    package var root: any TreeDirectory { top }

    /// Removes what a writer that was killed has left in a work directory.
    ///
    /// - Parameter work: The work directory, which no other process uses.
    /// - Throws: `SystemError`.
    package static func clear(_ work: Directory) throws(SystemError) {
        for name in try leftovers(in: work) { try work.removeTree(name) }
    }

    /// The names of what a writer that was killed has left in a work directory.
    ///
    /// - Parameter work: The work directory, which no other process uses.
    /// - Returns: Names of files and directories.
    /// - Throws: `SystemError`.
    package static func leftovers(in work: Directory) throws(SystemError) -> [[UInt8]] {
        try work.list().filter(isLeftover)
    }

    /// Whether a name is one of what a writer makes in its work directory.
    package static func isLeftover(_ name: [UInt8]) -> Bool { name.starts(with: UnionContext.temporaryPrefix.utf8) }

    /// Returns when what was written has reached the device.
    package func synchronize() throws { try context.synchronize() }
}
