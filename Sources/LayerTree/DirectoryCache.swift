import LayerModel
import LayerSystem

/// The directories of a tree under work that are open: few enough for any limit, and the ones used last.
///
/// The entries of a tar come directory by directory, so nearly every look-up hits the last one.
struct DirectoryCache: ~Copyable {
    /// How many descriptors are kept open beside the root's.
    static let limit = 16

    private struct Slot {
        var node = NodeID.none
        var directory = DirectoryDescriptor(rawValue: -1)
        var use: UInt64 = 0
    }

    private let root: DirectoryDescriptor
    private var slots = ContiguousArray(repeating: Slot(), count: Self.limit)
    private var last = 0
    private var clock: UInt64 = 0

    /// Starts with the tree's root, which somebody else owns.
    init(root: DirectoryDescriptor) {
        self.root = root
    }

    deinit {
        for slot in slots where !slot.node.isNone { try? slot.directory.close() }  // reason: only read from
    }

    /// The open directory of a node; valid until the next call.
    ///
    /// - Parameters:
    ///   - node: A directory of the tree.
    ///   - ledger: Knows its name and its parents.
    /// - Returns: The descriptor, which the cache owns.
    /// - Throws: `SystemError` of opening.
    mutating func directory(_ node: NodeID, in ledger: borrowing LayerLedger) throws(SystemError) -> DirectoryDescriptor
    {
        if node == .root { return root }
        clock += 1
        if slots[last].node == node {
            slots[last].use = clock
            return slots[last].directory
        }
        if let slot = slots.firstIndex(where: { $0.node == node }) {
            last = slot
            slots[slot].use = clock
            return slots[slot].directory
        }
        // Directories get their attributes from the deepest up: then the last one used is a child of this one.
        if let child = slots.first(where: { !$0.node.isNone && ledger.nodes[$0.node].parent == node }) {
            let parent = try child.directory.openDirectory("..")
            keep(node, parent)
            return parent
        }
        // From the nearest ancestor that is open, one component at a time: depth is bounded by the length of a path.
        var way = [node]
        var ancestor = ledger.nodes[node].parent
        while ancestor != .root, !slots.contains(where: { $0.node == ancestor }) {
            way.append(ancestor)
            ancestor = ledger.nodes[ancestor].parent
        }
        var current = ancestor == .root ? root : slots.first { $0.node == ancestor }?.directory ?? root
        var isBorrowed = true
        for step in way.reversed() {
            let parent = current
            let result = Result { () throws(SystemError) in
                try ledger.withName(of: step) { name throws(SystemError) in try parent.openDirectory(name) }
            }
            // Directories on the way are not kept: so a look-up closes at most one that a caller may still use.
            if !isBorrowed { try? parent.close() }  // reason: only read from
            isBorrowed = false
            current = try result.get()
        }
        keep(node, current)
        return current
    }

    /// Forgets a directory that is about to be removed.
    mutating func forget(_ node: NodeID) {
        guard let slot = slots.firstIndex(where: { $0.node == node }) else { return }
        try? slots[slot].directory.close()  // reason: only read from
        slots[slot] = Slot()
    }

    private mutating func keep(_ node: NodeID, _ directory: DirectoryDescriptor) {
        var oldest = 0
        for slot in slots.indices where slots[slot].use < slots[oldest].use { oldest = slot }
        if !slots[oldest].node.isNone { try? slots[oldest].directory.close() }  // reason: only read from
        clock += 1
        slots[oldest] = Slot(node: node, directory: directory, use: clock)
        last = oldest
    }
}
