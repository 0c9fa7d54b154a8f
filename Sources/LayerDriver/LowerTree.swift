/// A layer's tree as a driver must know it.
package struct LowerTree: Hashable, Sendable {
    /// Where the tree lies: an absolute path of the host.
    package let path: [UInt8]
    /// Whether the layer hides all that lies below it; overlayfs does not obey a mark on the root of a tree.
    package let isRootOpaque: Bool
    /// Whether the tree marks opaque directories in the `user.` namespace rather than in `trusted.`.
    package let usesUserAttributes: Bool

    /// Describes a tree.
    ///
    /// - Parameters:
    ///   - path: An absolute path of the host.
    ///   - isRootOpaque: Whether it hides all that lies below it.
    ///   - usesUserAttributes: Where it marks opaque directories.
    package init(path: [UInt8], isRootOpaque: Bool = false, usesUserAttributes: Bool) {
        self.path = path
        self.isRootOpaque = isRootOpaque
        self.usesUserAttributes = usesUserAttributes
    }
}
