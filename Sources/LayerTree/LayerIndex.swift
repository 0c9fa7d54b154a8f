package import LayerArchive
package import LayerModel
package import LayerSystem

/// The index of a layer: its tree with all attributes, and how its tar is made again.
///
/// The nodes stand in the order of a walk: a directory before what lies in it, siblings by the bytes of their names. The file is
/// mapped; a section is decoded when it is asked for. The format is drawn at `IndexFormat`.
package struct LayerIndex: Sendable {
    /// The tree, the root first.
    package let nodes: ContiguousArray<IndexNode>
    let names: [UInt8]
    let targets: [UInt8]
    let attributeSets: [[ExtendedAttribute]]
    private let digests: Range<Int>
    /// Whether contents can be compared by their digests.
    package let hasDigests: Bool
    let sections: IndexSections

    /// Opens an index.
    ///
    /// - Parameters:
    ///   - file: The mapped file.
    ///   - hasDigests: Whether it has the digests of contents; an index of the store always has.
    /// - Throws: `TreeError.damagedIndex` for anything but a whole index of a known version.
    package init(_ file: MappedFile, hasDigests: Bool = true) throws {
        self.hasDigests = hasDigests
        sections = try IndexSections(file)
        names = try sections.bytes(of: .names)
        targets = try sections.bytes(of: .targets)
        digests = try sections.range(of: .digests)
        attributeSets = try Self.decodeAttributes(try sections.bytes(of: .extendedAttributes))
        let records = try sections.bytes(of: .nodes)
        let (names, targets) = (names, targets)
        let setCount = attributeSets.count
        let digestCount = hasDigests ? digests.count / ContentDigest.byteCount : Int.max
        nodes = try records.withUnsafeBytes { records in
            try names.withUnsafeBufferPointer { names in
                try targets.withUnsafeBufferPointer { targets in
                    var decoder = IndexNodeDecoder(records, names: names, targets: targets)
                    return try decoder.decode(attributeSetCount: setCount, digestCount: digestCount)
                }
            }
        }
    }

    private static func decodeAttributes(_ bytes: [UInt8]) throws -> [[ExtendedAttribute]] {
        try bytes.withUnsafeBytes { raw in
            var reader = ByteReader(raw)
            var sets: [[ExtendedAttribute]] = []
            while !reader.isAtEnd {
                var set: [ExtendedAttribute] = []
                for _ in 0..<(try reader.read(UInt16.self)) {
                    let name = Array(try reader.readCounted())
                    set.append(ExtendedAttribute(name: name, value: Array(try reader.readCounted())))
                }
                sets.append(set)
            }
            return sets
        }
    }

    /// A node's own name.
    package func name(of node: IndexNode) -> ArraySlice<UInt8> { names[node.nameRange] }

    /// The target of a symbolic link; empty for other kinds.
    package func target(of node: IndexNode) -> ArraySlice<UInt8> { targets[nodes[node.primary].targetRange] }

    /// The extended attributes of a node.
    package func extendedAttributes(of node: IndexNode) -> [ExtendedAttribute] {
        let set = nodes[node.primary].attributeSet
        return set < 0 ? [] : attributeSets[set]
    }

    /// The digest of a regular file's content; nil for other kinds, for an empty file, and in an index without digests.
    package func contentDigest(of node: IndexNode) -> ContentDigest? {
        let digest = nodes[node.primary].digest
        guard digest >= 0, hasDigests else { return nil }
        let place = digests.lowerBound + digest * ContentDigest.byteCount
        return sections.digest(at: place)
    }

    /// A node's path.
    package func path(of node: IndexNode) -> LayerPath {
        var components: [ArraySlice<UInt8>] = []
        var current = node
        while current.parent >= 0 {
            components.append(name(of: current))
            current = nodes[current.parent]
        }
        return LayerPath(canonical: Array(components.reversed().joined(separator: [UInt8(ascii: "/")])))
    }

    /// The children of a directory, in the order of their bytes.
    ///
    /// - Complexity: O(children).
    package func children(of directory: IndexNode) -> IndexChildren { IndexChildren(of: directory, in: nodes) }

    /// Finds a path.
    ///
    /// - Returns: The node, or nil when the layer does not have the path.
    /// - Complexity: O(children of the directories on the way).
    package func node(at path: LayerPath) -> IndexNode? {
        var current = nodes[0]
        for component in path.components {
            guard let child = children(of: current).first(where: { name(of: $0) == component }) else { return nil }
            current = child
        }
        return current
    }
}

/// The children of a directory, one after the other: what lies deeper is passed over.
package struct IndexChildren: Sequence, IteratorProtocol {
    private let nodes: ContiguousArray<IndexNode>
    private let end: Int
    private var ordinal: Int

    init(of directory: IndexNode, in nodes: ContiguousArray<IndexNode>) {
        self.nodes = nodes
        end = directory.end
        ordinal = directory.ordinal + 1
    }

    package mutating func next() -> IndexNode? {
        guard ordinal < end else { return nil }
        let node = nodes[ordinal]
        ordinal = node.end
        return node
    }
}
