/// What the writer of a tree must know of its process and of the store.
package struct TreeSettings: Sendable {
    /// The bits that the process takes away from the mode of new files.
    package let umask: UInt16
    /// The user that new files belong to.
    package let uid: UInt32
    /// The group that new files belong to.
    package let gid: UInt32
    /// Whether overlayfs reads its own attributes in the `user.` namespace: it does without privilege over the host.
    package let usesUserAttributes: Bool

    /// Whether files get their owners: in a store whose layers an ordinary user unpacked they all belong to that user, also where a
    /// namespace would let them belong to others.
    package var keepsOwners = true

    /// Describes the process.
    package init(umask: UInt16, uid: UInt32, gid: UInt32, usesUserAttributes: Bool) {
        self.umask = umask
        self.uid = uid
        self.gid = gid
        self.usesUserAttributes = usesUserAttributes
    }

    /// Whether files that their owner may not open must be openable all the same.
    var isOrdinaryUser: Bool { uid != 0 || !keepsOwners }
}
