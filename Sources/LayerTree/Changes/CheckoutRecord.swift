package import LayerModel
import LayerSystem

/// What a checkout was made of: which file of it stands for which node of the layers, and when all were there.
///
/// A file whose number is the recorded one, and that nothing changed since, needs no look at its content.
package struct CheckoutRecord: Hashable, Sendable {
    /// Stands for a node that could not be made.
    static let notMade = UInt64.max

    /// When all files were there, by the clock of their file system.
    package let finished: Timestamp
    /// Of each layer, the nearest first, the number of the file that each node became: 0 for none.
    package let inodes: [ContiguousArray<UInt64>]
    /// What the disk could not hold.
    let losses: CheckoutLosses

    /// Makes a record.
    package init(
        finished: Timestamp,
        inodes: [ContiguousArray<UInt64>],
        losses: CheckoutLosses = CheckoutLosses()
    ) {
        self.finished = finished
        self.inodes = inodes
        self.losses = losses
    }

    /// Whether nothing has changed a file since all were there.
    func isOlder(_ status: FileStatus) -> Bool { status.changeTime <= finished }

    /// Whether a file is the one that was made of a node, unchanged.
    func isUntouched(_ node: LowerStack.Reference, _ status: FileStatus) -> Bool {
        isOlder(status) && inode(of: node) == status.identity.inode
    }

    /// Whether a node could not be made, so that its absence says nothing.
    func isNotMade(_ node: LowerStack.Reference) -> Bool { inode(of: node) == Self.notMade }

    private func inode(of node: LowerStack.Reference) -> UInt64 {
        guard node.layer < inodes.count, node.ordinal < inodes[node.layer].count else { return 0 }
        return inodes[node.layer][node.ordinal]
    }
}

extension CheckoutRecord {
    /// Gives back what the disk could not hold of the node that a file was made of.
    ///
    /// Where the disk has the owner or mode that the file was made with, nobody has changed it, and the layer's index says what it is.
    ///
    /// - Parameters:
    ///   - state: What the disk says.
    ///   - status: The file's status.
    ///   - node: The node.
    ///   - wanted: The node's extended attributes.
    ///   - own: The numbers of the user and group who made the checkout.
    func restore(
        _ state: inout ChangedState,
        _ status: FileStatus,
        from node: IndexNode,
        _ wanted: [ExtendedAttribute],
        own: (uid: UInt32, gid: UInt32)
    ) {
        if losses.hasLost(uid: node.uid, gid: node.gid) {
            if status.uid == own.uid { state.attributes.uid = node.uid }
            if status.gid == own.gid { state.attributes.gid = node.gid }
        }
        let made = AttributeSetter.modeOnDisk(node.mode, status.kind, isOrdinaryUser: losses.isOrdinaryUser)
        if status.mode == made { state.attributes.mode = node.mode }
        guard status.kind != .regular || status.byteCount == node.byteCount,
            ChangedState.isSame(status.modificationTime, node.modificationTime)
        else { return }
        let missing = wanted.filter { attribute in
            losses.attributes.contains(attribute.name)
                && !state.attributes.extendedAttributes.contains { $0.name == attribute.name }
        }
        guard !missing.isEmpty else { return }
        state.attributes.extendedAttributes.append(contentsOf: missing)
        state.attributes.extendedAttributes.sort { $0.name.lexicographicallyPrecedes($1.name) }
    }
}
