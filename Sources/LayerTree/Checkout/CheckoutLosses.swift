/// What a disk could not hold of the tree that was made on it.
package struct CheckoutLosses: Hashable, Sendable {
    /// An owner and a group.
    struct Owner: Hashable, Sendable {
        let uid: UInt32
        let gid: UInt32
    }

    /// Whether nothing could be given away: all files belong to the one who made them, and can be opened by that user.
    var isOrdinaryUser = false
    /// The owners that were refused.
    var owners: Set<Owner> = []
    /// The names of the extended attributes that were refused.
    var attributes: Set<[UInt8]> = []

    /// Adds what others met.
    mutating func formUnion(_ other: CheckoutLosses) {
        isOrdinaryUser = isOrdinaryUser || other.isOrdinaryUser
        owners.formUnion(other.owners)
        attributes.formUnion(other.attributes)
    }

    /// Whether files of this owner belong to somebody else on the disk.
    func hasLost(uid: UInt32, gid: UInt32) -> Bool {
        isOrdinaryUser || owners.contains(Owner(uid: uid, gid: gid))
    }
}
