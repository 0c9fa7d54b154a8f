/// Finds a node by its directory and its name: open addressing over node numbers.
///
/// ```
/// slot (32 bits)   0 when free, else: node number (24 bits), a part of the name's hash above it (8 bits)
/// ```
///
/// The part of the hash spares a look at nearly all names that are others. The whole hash is kept nowhere: a larger table is filled
/// from the nodes, in their order, when the smaller one is given up already.
struct NodeTable {
    /// How many nodes can be told apart.
    static let nodeLimit = 1 << nodeBits
    private static let nodeBits = 24

    private var slots = ContiguousArray<UInt32>(repeating: 0, count: 4096)
    private var count = 0
    private let hasher = NameHasher()

    /// Finds the node of a name.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - hash: Its hash in that directory.
    ///   - parent: The directory.
    ///   - nodes: What was entered.
    ///   - names: The names of the nodes, each with a NUL behind it.
    /// - Returns: The node, or nil when it was not entered.
    func find(
        _ name: UnsafeBufferPointer<UInt8>,
        _ hash: UInt64,
        in parent: NodeID,
        nodes: borrowing SegmentedTable<LedgerNode>,
        names: borrowing SegmentedTable<UInt8>
    ) -> NodeID? {
        let mask = slots.count - 1
        let mark = Self.mark(hash)
        var place = Int(truncatingIfNeeded: hash) & mask
        while slots[place] != 0 {
            let slot = slots[place]
            if slot >> Self.nodeBits == mark {
                let index = slot & UInt32(Self.nodeLimit - 1)
                let node = nodes[Int(index)]
                if node.parent == parent, Self.isEqual(name, names.pointer(to: node.nameOffset)) {
                    return NodeID(index: Int32(bitPattern: index))
                }
            }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Enters the last node, which is not there yet.
    mutating func insertLast(
        _ hash: UInt64,
        of nodes: borrowing SegmentedTable<LedgerNode>,
        names: borrowing SegmentedTable<UInt8>
    ) {
        count += 1
        // Three quarters: beyond that a search for what is not there soon takes a dozen steps.
        if count * 4 <= slots.count * 3 {
            put(nodes.count - 1, hash)
        } else {
            refill(from: nodes, names: names)
        }
    }

    /// The hash of a name in a directory.
    func hash(_ name: UnsafeBufferPointer<UInt8>, in parent: NodeID) -> UInt64 {
        hasher.hash(UnsafeRawBufferPointer(name), in: parent)
    }

    /// Forgets all nodes and gives the memory back.
    mutating func removeAll() {
        slots = [0]
        count = 0
    }

    private mutating func refill(
        from nodes: borrowing SegmentedTable<LedgerNode>,
        names: borrowing SegmentedTable<UInt8>
    ) {
        let slotCount = slots.count * 2
        slots = []
        slots = ContiguousArray(repeating: 0, count: slotCount)
        // The root has no name to be found by.
        for index in 1..<nodes.count {
            let node = nodes[index]
            let name = Self.name(at: names.pointer(to: node.nameOffset))
            put(index, hash(name, in: node.parent))
        }
    }

    private mutating func put(_ node: Int, _ hash: UInt64) {
        var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
        slots[place] = Self.mark(hash) << Self.nodeBits | UInt32(truncatingIfNeeded: node)
    }

    private static func mark(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 56) }

    /// A name without the NUL behind it.
    static func name(at start: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var count = 0
        while start[count] != 0 { count += 1 }
        return UnsafeBufferPointer(start: start, count: count)
    }

    private static func isEqual(_ name: UnsafeBufferPointer<UInt8>, _ other: UnsafePointer<UInt8>) -> Bool {
        // No component holds a NUL, so that a shorter name ends the comparison.
        for index in name.indices where name[index] != other[index] { return false }
        return other[name.count] == 0
    }
}
