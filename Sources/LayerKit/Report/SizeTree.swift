import LayerModel
import LayerTree

/// The bytes of an image's layers by directory: each file counts in the layer that brings it, hidden or not.
struct SizeTree {
    private struct Node {
        let name: ArraySlice<UInt8>
        let isFile: Bool
        var children: [ArraySlice<UInt8>: Int] = [:]
        /// What lies in it and below, by layer.
        var byteCounts: [Int: Int64] = [:]
    }

    /// A directory or a file that is less than this part of the whole is put together with others like it.
    private static let smallestPart: Int64 = 4000

    private var nodes = [Node(name: [], isFile: false)]

    /// Adds the files of layers.
    ///
    /// - Parameter layers: The layers, the lowest first.
    init(_ layers: [LayerIndex]) {
        let total = layers.reduce(0) { $0 + $1.nodes.lazy.filter(Self.counts).reduce(0) { $0 + $1.byteCount } }
        for (position, index) in layers.enumerated() {
            add(index, position, smallest: max(1, total / Self.smallestPart))
        }
    }

    private static func counts(_ node: IndexNode) -> Bool { node.kind == .regular && node.primary == node.ordinal }

    private mutating func add(_ index: LayerIndex, _ position: Int, smallest: Int64) {
        // For each node of the index its place here; files have none unless they are large.
        var places = [Int](repeating: 0, count: index.nodes.count)
        for node in index.nodes.dropFirst() {
            let parent = places[node.parent]
            if node.kind == .directory {
                places[node.ordinal] = child(index.name(of: node), of: parent, isFile: false)
                continue
            }
            guard Self.counts(node), node.byteCount > 0 else { continue }
            if node.byteCount >= smallest {
                let file = child(index.name(of: node), of: parent, isFile: true)
                nodes[file].byteCounts[position, default: 0] += node.byteCount
            }
            var directory: IndexNode? = index.nodes[node.parent]
            while let current = directory {
                nodes[places[current.ordinal]].byteCounts[position, default: 0] += node.byteCount
                directory = current.parent < 0 ? nil : index.nodes[current.parent]
            }
        }
    }

    private mutating func child(_ name: ArraySlice<UInt8>, of parent: Int, isFile: Bool) -> Int {
        if let found = nodes[parent].children[name] { return found }
        nodes.append(Node(name: name, isFile: isFile))
        nodes[parent].children[name] = nodes.count - 1
        return nodes.count - 1
    }

    /// The tree from the root, without what is too small to be seen.
    var report: ImageReport.Place { report(0, smallest: max(1, byteCount(0) / Self.smallestPart)) }

    private func byteCount(_ node: Int) -> Int64 { nodes[node].byteCounts.values.reduce(0, +) }

    private func report(_ place: Int, smallest: Int64) -> ImageReport.Place {
        let children = nodes[place].children.values.map { (place: $0, byteCount: byteCount($0)) }
            .filter { $0.byteCount >= smallest }
            .sorted { ($1.byteCount, nodes[$0.place].name) < ($0.byteCount, nodes[$1.place].name) }
        return ImageReport.Place(
            name: Array(nodes[place].name),
            isFile: nodes[place].isFile,
            byteCounts: nodes[place].byteCounts,
            children: children.map { report($0.place, smallest: smallest) }
        )
    }
}

/// Names by their bytes.
private func < (left: (Int64, ArraySlice<UInt8>), right: (Int64, ArraySlice<UInt8>)) -> Bool {
    left.0 == right.0 ? left.1.lexicographicallyPrecedes(right.1) : left.0 < right.0
}
