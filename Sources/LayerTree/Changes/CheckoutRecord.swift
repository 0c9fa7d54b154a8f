package import LayerModel
import LayerSystem

/// What a checkout was made of: which file of it stands for which node of the layers, and when all were there.
///
/// A file whose number is the recorded one, and that nothing changed since, needs no look at its content.
package struct CheckoutRecord: Sendable {
    /// Stands for a node that could not be made.
    static let notMade = UInt64.max

    /// When all files were there, by the clock of their file system.
    package let finished: Timestamp
    /// Of each layer, the nearest first, the number of the file that each node became: 0 for none.
    package let inodes: [ContiguousArray<UInt64>]

    /// Makes a record.
    package init(finished: Timestamp, inodes: [ContiguousArray<UInt64>]) {
        self.finished = finished
        self.inodes = inodes
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
