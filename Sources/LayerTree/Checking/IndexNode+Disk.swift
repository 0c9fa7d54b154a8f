import LayerModel

extension IndexNode {
    /// Whether it is a device node.
    var isDevice: Bool { kind == .characterDevice || kind == .blockDevice }

    /// The mode that a name gets in the store of an ordinary user, who must be able to read it; the root must be writable besides.
    func modeOfOrdinaryUser(_ kind: EntryKind) -> UInt16 {
        guard kind == .directory else { return mode | 0o400 }
        return mode | (ordinal == 0 ? 0o700 : 0o500)
    }
}

extension LayerIndex {
    /// Whether a whiteout lies right in a directory.
    func holdsWhiteouts(_ directory: IndexNode) -> Bool {
        var ordinal = directory.ordinal + 1
        while ordinal < nodes.count, nodes[ordinal].depth > directory.depth {
            if nodes[ordinal].isWhiteout, nodes[ordinal].parent == directory.ordinal { return true }
            ordinal += 1
        }
        return false
    }
}
