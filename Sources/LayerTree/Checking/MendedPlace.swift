import LayerModel
package import LayerSystem

/// A layer of the store that is to be put right.
package struct MendedPlace: Sendable {
    /// The layer's directory.
    let layer: Directory
    /// Its tree.
    let tree: Directory
    /// Its index.
    let index: LayerIndex
    /// What the disk can hold.
    let manner: LayerCheck.Manner
    /// Where directories say something to overlayfs.
    let usesUserAttributes: Bool

    /// Opens a layer.
    ///
    /// - Parameters:
    ///   - layer: The layer's directory, with `tree/` in it.
    ///   - index: Its index, which is whole.
    ///   - manner: What the disk can hold.
    ///   - usesUserAttributes: Whether directories say in the `user.` namespace what is for overlayfs.
    /// - Throws: `SystemError` when there is no tree.
    package init(
        _ layer: Directory,
        _ index: LayerIndex,
        _ manner: LayerCheck.Manner,
        usesUserAttributes: Bool
    ) throws(SystemError) {
        self.layer = layer
        self.index = index
        self.manner = manner
        self.usesUserAttributes = usesUserAttributes
        tree = try layer.open(LayerUnpacker.treeName)
    }

    /// Opens a directory of the tree; no link on the way is followed.
    func directory(_ ordinal: Int) throws(SystemError) -> Directory {
        var directory = tree
        for component in index.path(of: index.nodes[ordinal]).components {
            directory = try directory.open(Array(component))
        }
        return directory
    }

    /// Gives a name the attributes that the layer says.
    ///
    /// Order: owner, extended attributes, mode, times; each would spoil one of those before it.
    ///
    /// - Parameters:
    ///   - name: The name, which need not be the layer's own.
    ///   - directory: Where it is.
    ///   - node: What stands there.
    /// - Throws: `SystemError`.
    func setAttributes(of name: [UInt8], in directory: Directory, _ node: IndexNode) throws(SystemError) {
        guard let kind = node.kind else { return }
        if manner.isExact {
            try Self.permitting { () throws(SystemError) in
                try directory.setOwner(name, uid: node.uid, gid: node.gid)
            }
        }
        try setExtendedAttributes(of: name, in: directory, node, kind)
        if kind != .symbolicLink {
            try directory.setMode(name, manner.isExact ? node.mode : node.modeOfOrdinaryUser(kind))
        }
        try directory.setTimes(name, node.modificationTime)
    }

    private func setExtendedAttributes(
        of name: [UInt8],
        in directory: Directory,
        _ node: IndexNode,
        _ kind: EntryKind
    ) throws(SystemError) {
        let wanted = index.extendedAttributes(of: node).filter { XattrPolicy.isKept($0.name) } + marks(node, kind)
        for there in try directory.extendedAttributeNames(of: name) where !wanted.contains(where: { $0.name == there })
        {
            guard XattrPolicy.isKept(there) || OverlayAttribute.isMisplaced(there) else { continue }
            try Self.permitting { () throws(SystemError) in try directory.removeExtendedAttribute(there, of: name) }
        }
        for attribute in wanted where try directory.extendedAttribute(attribute.name, of: name) != attribute.value {
            try Self.permitting { () throws(SystemError) in try directory.setExtendedAttribute(attribute, of: name) }
        }
    }

    /// What a directory says to overlayfs, as `TreeWriter` writes it; the root of a tree says nothing.
    private func marks(_ node: IndexNode, _ kind: EntryKind) -> [ExtendedAttribute] {
        guard kind == .directory, node.ordinal > 0 else { return [] }
        let prefix = usesUserAttributes ? "user.overlay." : "trusted.overlay."
        var marks: [ExtendedAttribute] = []
        if node.isOpaque { marks.append(ExtendedAttribute(name: Array((prefix + "opaque").utf8), value: [0x79])) }
        if index.holdsWhiteouts(node) {
            marks.append(ExtendedAttribute(name: Array((prefix + "origin").utf8), value: []))
        }
        return marks
    }

    /// What the disk or the user's rights refuse, the index keeps: as when the layer was unpacked.
    private static func permitting(_ body: () throws(SystemError) -> Void) throws(SystemError) {
        do throws(SystemError) {
            try body()
        } catch {
            guard error.isNotPermitted || error.isNotSupported || error.isOwnerRefused else { throw error }
        }
    }
}
