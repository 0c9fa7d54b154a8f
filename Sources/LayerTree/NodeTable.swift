import LayerModel

/// Finds a node by its directory and its name: open addressing over node numbers.
///
/// The hash is Swift's own, seeded anew in each process: an archive cannot be built to collide.
struct NodeTable {
    private var slots = ContiguousArray<Int32>(repeating: -1, count: 1024)
    private var count = 0

    /// Finds the node of a name.
    func find(
        _ name: UnsafeBufferPointer<UInt8>,
        in parent: NodeID,
        nodes: ContiguousArray<LedgerNode>,
        arena: ContiguousArray<UInt8>
    ) -> NodeID? {
        var slot = Self.hash(name, parent) & (slots.count - 1)
        while slots[slot] >= 0 {
            let node = nodes[Int(slots[slot])]
            if node.parent == parent, node.nameByteCount == name.count, Self.isEqual(name, arena, node.nameOffset) {
                return NodeID(index: slots[slot])
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Enters a node that is not there yet.
    mutating func insert(_ node: NodeID, nodes: ContiguousArray<LedgerNode>, arena: ContiguousArray<UInt8>) {
        if (count + 1) * 2 > slots.count {
            let old = slots
            slots = ContiguousArray(repeating: -1, count: old.count * 2)
            for index in old where index >= 0 { place(index, nodes: nodes, arena: arena) }
        }
        place(node.index, nodes: nodes, arena: arena)
        count += 1
    }

    private mutating func place(_ index: Int32, nodes: ContiguousArray<LedgerNode>, arena: ContiguousArray<UInt8>) {
        let node = nodes[Int(index)]
        var slot = arena.withUnsafeBufferPointer { bytes in
            Self.hash(
                UnsafeBufferPointer(rebasing: bytes[node.nameOffset..<(node.nameOffset + node.nameByteCount)]),
                node.parent
            )
        }
        slot &= slots.count - 1
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = index
    }

    private static func hash(_ name: UnsafeBufferPointer<UInt8>, _ parent: NodeID) -> Int {
        var hasher = Hasher()
        hasher.combine(parent.index)
        hasher.combine(bytes: UnsafeRawBufferPointer(name))
        return hasher.finalize()
    }

    private static func isEqual(
        _ name: UnsafeBufferPointer<UInt8>,
        _ arena: ContiguousArray<UInt8>,
        _ offset: Int
    ) -> Bool {
        for index in 0..<name.count where name[index] != arena[offset + index] { return false }
        return true
    }
}
