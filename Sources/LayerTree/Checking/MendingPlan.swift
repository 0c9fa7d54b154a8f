import LayerModel

/// What must be done to a tree to put faults right.
struct MendingPlan {
    /// The directories that are not there, by their ordinals.
    private(set) var directories: Set<Int> = []
    /// The files that must be made anew, by their first name; each with all its names.
    private(set) var files: [Int: [Int]] = [:]
    /// The names whose attributes are to be set.
    private(set) var attributes: Set<Int> = []
    /// Names that the layer does not have.
    private(set) var unexpected: [LayerPath] = []
    /// The files beside the tree that must be made anew.
    private(set) var shadows: Set<Int> = []

    private let index: LayerIndex

    /// Sorts faults.
    ///
    /// - Parameters:
    ///   - faults: What is not as it was.
    ///   - index: The layer's index.
    init(_ faults: [LayerFault], _ index: LayerIndex) {
        self.index = index
        var broken: Set<Int> = []
        for fault in faults {
            if let shadow = fault.shadow {
                shadows.insert(shadow)
            } else if fault.aspect == .unexpected {
                unexpected.append(fault.path)
            } else if let node = index.node(at: fault.path) {
                take(fault.aspect, node, &broken)
            }
        }
        addFiles(broken)
    }

    /// Whether there is nothing to do.
    var isEmpty: Bool {
        directories.isEmpty && files.isEmpty && attributes.isEmpty && unexpected.isEmpty && shadows.isEmpty
    }

    private mutating func take(_ aspect: LayerFault.Aspect, _ node: IndexNode, _ broken: inout Set<Int>) {
        switch aspect {
        case .missing, .kind:
            if node.kind == .directory { return takeTree(node, &broken) }
            broken.insert(node.primary)
        case .content, .size, .target, .device, .links: broken.insert(node.primary)
        case .unreadable where node.kind != .directory: broken.insert(node.primary)
        case .mode, .owner, .modificationTime, .attributes, .marks, .unreadable: attributes.insert(node.ordinal)
        case .unexpected: break
        }
    }

    /// With a directory all that lay in it is gone.
    private mutating func takeTree(_ top: IndexNode, _ broken: inout Set<Int>) {
        var ordinal = top.ordinal
        repeat {
            let node = index.nodes[ordinal]
            if node.kind == .directory { directories.insert(ordinal) } else { broken.insert(node.primary) }
            ordinal += 1
        } while ordinal < index.nodes.count && index.nodes[ordinal].depth > top.depth
    }

    /// Takes files whose content has changed out of those that want attributes alone: what has another time may hold something else.
    ///
    /// - Parameter isDamaged: Whether the content of a regular file is not what the index says, or cannot be read.
    /// - Throws: What reading it met.
    mutating func suspect(_ isDamaged: (IndexNode) throws -> Bool) throws {
        var broken: Set<Int> = []
        for ordinal in attributes where index.nodes[ordinal].kind == .regular {
            let node = index.nodes[ordinal]
            if try files[node.primary] == nil && isDamaged(index.nodes[node.primary]) { broken.insert(node.primary) }
        }
        addFiles(broken)
    }

    private mutating func addFiles(_ broken: Set<Int>) {
        guard !broken.isEmpty else { return }
        for node in index.nodes where broken.contains(node.primary) {
            files[node.primary, default: []].append(node.ordinal)
        }
    }

    /// Leaves out a file that cannot be made, with all its names.
    mutating func drop(file primary: Int) {
        for name in files.removeValue(forKey: primary) ?? [] { attributes.remove(name) }
    }

    /// Leaves out a file beside the tree that cannot be made.
    mutating func drop(shadow number: Int) { shadows.remove(number) }
}
