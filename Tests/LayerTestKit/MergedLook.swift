package import LayerModel

/// What a name of a merged tree is, for comparing two trees: all but the number of its inode, for which its first name stands.
package struct MergedLook: Hashable, Sendable {
    private let kind: EntryKind
    private let attributes: FileAttributes
    private let content: [UInt8]
    private let target: [UInt8]
    private let device: DeviceNumber
    private let firstName: LayerPath

    /// What a stack of layers means, name by name; the root under its own path.
    ///
    /// - Parameter merge: The layers, applied.
    /// - Returns: All names.
    package static func looks(of merge: TreeMerge) -> [LayerPath: MergedLook] {
        var firstNames: [Int: LayerPath] = [:]
        var looks: [LayerPath: MergedLook] = [:]
        for (path, node) in merge.nodes.sorted(by: { $0.key < $1.key }) {
            let firstName = firstNames[node.inode] ?? path
            firstNames[node.inode] = firstName
            var attributes = node.attributes
            // Nobody can see or change the mode of a symbolic link.
            if node.kind == .symbolicLink { attributes.mode = 0o777 }
            looks[path] = MergedLook(
                kind: node.kind,
                attributes: attributes,
                content: node.content,
                target: node.target,
                device: node.device,
                firstName: firstName
            )
        }
        looks[.root] = MergedLook(
            kind: .directory,
            attributes: merge.rootAttributes,
            content: [],
            target: [],
            device: DeviceNumber(major: 0, minor: 0),
            firstName: .root
        )
        return looks
    }
}
