import LayerModel

/// In which form a read-write layer says what it changes, and who reads it.
package struct UpperForm: Sendable {
    /// The namespaces of extended attributes in which overlayfs, or what stood in for it, spoke.
    package struct Namespaces: OptionSet, Sendable {
        /// The bits.
        package let rawValue: Int

        /// Makes a set.
        package init(rawValue: Int) { self.rawValue = rawValue }

        /// `trusted.overlay.`: root's overlay.
        package static let trusted = Self(rawValue: 1)
        /// `user.overlay.`, and fuse-overlayfs' own: an overlay without privilege.
        package static let user = Self(rawValue: 2)
        /// Both.
        static let all: Self = [.trusted, .user]
    }

    /// Whose word counts.
    package var namespaces: Namespaces
    /// Whether files named `.wh.…` are markers, as fuse-overlayfs writes them where it cannot make device nodes.
    package var readsMarkers = false
    /// Whether the directory is a whole tree without layers below it: what is not there was removed.
    package var isWholeTree = false
    /// The number that stands for the user who has the layer, as this process sees it.
    package var ownUserID: UInt32
    /// The number that stands for that user's group.
    package var ownGroupID: UInt32
    /// Whether owners on disk are exact: this process is root on its host.
    package var hasExactOwners: Bool

    /// Describes a read-write layer.
    ///
    /// - Parameters:
    ///   - namespaces: Whose word counts.
    ///   - ownUserID: The number of the user who has the layer, as this process sees it.
    ///   - ownGroupID: The number of that user's group.
    ///   - hasExactOwners: Whether this process is root on its host.
    package init(namespaces: Namespaces, ownUserID: UInt32, ownGroupID: UInt32, hasExactOwners: Bool) {
        self.namespaces = namespaces
        self.ownUserID = ownUserID
        self.ownGroupID = ownGroupID
        self.hasExactOwners = hasExactOwners
    }
}
