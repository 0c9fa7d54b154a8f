import LayerModel

/// Finds a node by its directory and its name: open addressing over node numbers.
///
/// The hash is Swift's own, seeded anew in each process: an archive cannot be built to collide.
struct NodeTable {
    /// A node and a part of its name's hash, which spares a look at most names that are others and the hashing when the table grows.
    private struct Slot {
        static let free = Slot(node: -1, hash: 0)
        var node: Int32
        var hash: UInt32
    }

    private var slots = ContiguousArray<Slot>(repeating: .free, count: 1024)
    private var count = 0

    /// Finds the node of a name.
    func find(
        _ name: UnsafeBufferPointer<UInt8>,
        _ hash: UInt32,
        in parent: NodeID,
        nodes: ContiguousArray<LedgerNode>,
        arena: ContiguousArray<UInt8>
    ) -> NodeID? {
        var place = Int(hash) & (slots.count - 1)
        while slots[place].node >= 0 {
            let slot = slots[place]
            if slot.hash == hash {
                let node = nodes[Int(slot.node)]
                if node.parent == parent, node.nameByteCount == name.count, Self.isEqual(name, arena, node.nameOffset) {
                    return NodeID(index: slot.node)
                }
            }
            place = (place + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Enters a node that is not there yet.
    mutating func insert(_ node: NodeID, _ hash: UInt32) {
        if (count + 1) * 2 > slots.count {
            let old = slots
            slots = ContiguousArray(repeating: .free, count: old.count * 2)
            for slot in old where slot.node >= 0 { put(slot) }
        }
        put(Slot(node: node.index, hash: hash))
        count += 1
    }

    private mutating func put(_ slot: Slot) {
        var place = Int(slot.hash) & (slots.count - 1)
        while slots[place].node >= 0 { place = (place + 1) & (slots.count - 1) }
        slots[place] = slot
    }

    /// The hash of a name in a directory.
    static func hash(_ name: UnsafeBufferPointer<UInt8>, _ parent: NodeID) -> UInt32 {
        var hasher = Hasher()
        hasher.combine(parent.index)
        hasher.combine(bytes: UnsafeRawBufferPointer(name))
        return UInt32(truncatingIfNeeded: hasher.finalize())
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
