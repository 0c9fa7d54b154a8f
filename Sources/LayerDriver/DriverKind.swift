/// A way in which a stack of layers becomes one directory.
///
/// The raw values are what users write.
package enum DriverKind: String, Hashable, Sendable, CaseIterable {
    /// The kernel's overlayfs, mounted as root.
    case overlay
    /// The kernel's overlayfs, mounted in a user namespace.
    case userns
    /// fuse-overlayfs.
    case fuse
    /// No mount: files are copied up when they are written, or a whole tree is checked out.
    case copy
}
