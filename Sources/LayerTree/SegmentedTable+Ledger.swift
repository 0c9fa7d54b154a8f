extension SegmentedTable where Element == LedgerNode {
    /// A node by its number.
    subscript(node: NodeID) -> LedgerNode {
        get { self[Int(node.index)] }
        set { self[Int(node.index)] = newValue }
    }
}

extension SegmentedTable where Element == LedgerInode {
    /// An inode by its number.
    subscript(inode: InodeID) -> LedgerInode {
        get { self[Int(inode.index)] }
        set { self[Int(inode.index)] = newValue }
    }
}

extension SegmentedTable where Element == InodeAttributes {
    /// The attributes of an inode by its number.
    subscript(inode: InodeID) -> InodeAttributes {
        get { self[Int(inode.index)] }
        set { self[Int(inode.index)] = newValue }
    }
}
