import LayerArchive
import LayerModel
package import LayerSystem

/// Holds a layer's tree against its index: every name, what stands there and its attributes, in the order of the walk.
package struct LayerCheck {
    /// Of how many faults a check makes a list: who has more needs no more.
    package static let faultLimit = 1000

    /// What a disk can hold of what a layer says.
    package struct Manner: Sendable {
        /// Whether the disk has owners, devices and attributes as the layer has them: root unpacked it, and root looks.
        package let isExact: Bool
        /// Whether this process sees what directories say to overlayfs.
        package let seesMarks: Bool

        /// Describes a disk.
        ///
        /// - Parameters:
        ///   - isExact: Whether root unpacked the layer and this process is root.
        ///   - seesMarks: Whether this process sees what directories say to overlayfs: any may in the `user.` namespace.
        package init(isExact: Bool, seesMarks: Bool) {
            self.isExact = isExact
            self.seesMarks = seesMarks
        }
    }

    let tree: Directory
    let index: LayerIndex
    let manner: Manner
    private let limit: Int
    /// How many names a file has, of those that have several.
    private var nameCounts: [Int: Int] = [:]
    private var identities: [Int: FileIdentity] = [:]
    private var owners: [FileIdentity: Int] = [:]
    private var faults: [LayerFault] = []
    /// What this process lacks to look any further.
    private var lack: SystemError?

    /// Looks at a whole layer; content is not read.
    ///
    /// - Parameters:
    ///   - tree: The layer's `tree/`.
    ///   - index: The layer's index.
    ///   - manner: What the disk can hold.
    ///   - limit: The most faults that are wanted.
    /// - Returns: What is not as it was.
    /// - Throws: `SystemError` when this process has no descriptor or no memory left, which says nothing of the layer.
    package static func faults(
        in tree: Directory,
        _ index: LayerIndex,
        _ manner: Manner,
        limit: Int = faultLimit
    ) throws(SystemError) -> [LayerFault] {
        var check = LayerCheck(tree, index, manner, limit)
        for node in index.nodes where node.primary != node.ordinal { check.nameCounts[node.primary, default: 1] += 1 }
        check.checkRoot()
        check.check(index.nodes[0], .root)
        if let lack = check.lack { throw lack }
        return check.faults
    }

    init(_ tree: Directory, _ index: LayerIndex, _ manner: Manner, _ limit: Int) {
        self.tree = tree
        self.index = index
        self.manner = manner
        self.limit = limit
    }

    private var isFull: Bool { faults.count >= limit || lack != nil }

    private mutating func report(_ path: LayerPath, _ aspect: LayerFault.Aspect) {
        if !isFull { faults.append(LayerFault(path, aspect)) }
    }

    /// Takes note of what cannot be looked at.
    private mutating func report(_ path: LayerPath, _ error: SystemError) {
        if error.isExhausted {
            lack = error
        } else if !isFull {
            faults.append(LayerFault(path, unreadable: error))
        }
    }

    private mutating func checkRoot() {
        do throws(SystemError) {
            let overlay = OverlayAttribute(try tree.extendedAttributes(), .all)
            try compareAttributes(index.nodes[0], .directory, tree.status(), .root) { overlay }
        } catch { report(.root, error) }
    }

    /// Looks at what lies in a directory.
    private mutating func check(_ directory: IndexNode, _ path: LayerPath) {
        let opened: Directory
        var found: [[UInt8]]
        do throws(SystemError) {
            opened = try tree.openInRoot(path.bytes)
            found = try opened.list()
        } catch { return report(path, error) }
        found.reverse()
        for node in index.children(of: directory) where !isFull {
            let name = Array(index.name(of: node))
            while let next = found.last, next.lexicographicallyPrecedes(name) {
                report(path.appending(next), .unexpected)
                found.removeLast()
            }
            let place = path.appending(name)
            if found.last == name {
                found.removeLast()
                compare(node, name, in: opened, place)
            } else if manner.isExact || !node.isDevice {
                report(place, .missing)
            }
        }
        for name in found.reversed() { report(path.appending(name), .unexpected) }
    }

    private mutating func compare(_ node: IndexNode, _ name: [UInt8], in directory: Directory, _ path: LayerPath) {
        do throws(SystemError) {
            let status = try directory.status(name)
            guard let kind = node.kind else {
                if status.isWhiteout { return }
                let overlay = try OverlayAttribute(of: name, in: directory, .all)
                if status.byteCount != 0 || !overlay.isMarkedWhiteout { report(path, .kind) }
                return
            }
            // An ordinary user's disk holds a whiteout where the layer has a device.
            if !manner.isExact, node.isDevice { return }
            guard status.kind == kind else { return report(path, .kind) }
            if kind != .directory, isKnown(node, status, path) { return }
            if kind == .regular, status.byteCount != node.byteCount { report(path, .size) }
            if kind == .symbolicLink, try directory.readLink(name) != Array(index.target(of: node)) {
                report(path, .target)
            }
            if node.isDevice, status.nodeDevice != node.device { report(path, .device) }
            try compareAttributes(node, kind, status, path) { () throws(SystemError) in
                try OverlayAttribute(of: name, in: directory, .all)
            }
        } catch { return report(path, error) }
        if node.kind == .directory { check(node, path) }
    }

    /// Whether the file was looked at under an earlier name of its own.
    ///
    /// What has one name in the layer and one on disk needs no look at who else has it.
    private mutating func isKnown(_ node: IndexNode, _ status: FileStatus, _ path: LayerPath) -> Bool {
        guard status.linkCount > 1 || nameCounts[node.primary] != nil else { return false }
        let (first, owner) = (identities[node.primary], owners[status.identity])
        if first == status.identity, owner == node.primary { return true }
        if first != nil || owner != nil { report(path, .links) }
        identities[node.primary] = first ?? status.identity
        owners[status.identity] = owner ?? node.primary
        return false
    }

    /// Whether a name has the time, mode and owner of its node.
    func hasAttributes(of node: IndexNode, _ kind: EntryKind, _ status: FileStatus) -> Bool {
        DiskTime.isSame(status.modificationTime, node.modificationTime)
            && (kind == .symbolicLink || isSame(status.mode, node, kind))
            && (!manner.isExact || status.uid == node.uid && status.gid == node.gid)
    }

    private mutating func compareAttributes(
        _ node: IndexNode,
        _ kind: EntryKind,
        _ status: FileStatus,
        _ path: LayerPath,
        _ overlay: () throws(SystemError) -> OverlayAttribute
    ) throws(SystemError) {
        if !DiskTime.isSame(status.modificationTime, node.modificationTime) { report(path, .modificationTime) }
        if kind != .symbolicLink, !isSame(status.mode, node, kind) { report(path, .mode) }
        if manner.isExact, status.uid != node.uid || status.gid != node.gid { report(path, .owner) }
        let there = try overlay()
        if !isSame(there.content, index.extendedAttributes(of: node), kind) { report(path, .attributes) }
        if manner.seesMarks, !isSame(there, node, kind) { report(path, .marks) }
    }

    /// The root of a tree says nothing to overlayfs, which would not listen.
    private func isSame(_ overlay: OverlayAttribute, _ node: IndexNode, _ kind: EntryKind) -> Bool {
        guard overlay.redirect == nil, !overlay.isMetadataOnly else { return false }
        guard kind == .directory, node.ordinal > 0 else { return !overlay.isOpaque }
        return overlay.isOpaque == node.isOpaque && (overlay.hasOrigin || !index.holdsWhiteouts(node))
    }

    private func isSame(_ there: [ExtendedAttribute], _ wanted: [ExtendedAttribute], _ kind: EntryKind) -> Bool {
        let kept = wanted.filter { XattrPolicy.isKept($0.name) && XattrPolicy.isPossible($0.name, on: kind) }
        if manner.isExact { return kept.sorted(by: Self.precedes) == there.sorted(by: Self.precedes) }
        // Others are not an ordinary user's to set, or not to be seen from everywhere; what was refused is in the index alone.
        return there.allSatisfy { !$0.name.starts(with: "user.".utf8) || kept.contains($0) }
    }

    private static func precedes(_ left: ExtendedAttribute, _ right: ExtendedAttribute) -> Bool {
        left.name.lexicographicallyPrecedes(right.name)
    }

    /// An ordinary user may read what is in that user's own store, whatever the layer says.
    private func isSame(_ mode: UInt16, _ node: IndexNode, _ kind: EntryKind) -> Bool {
        mode == node.mode || !manner.isExact && mode == node.modeOfOrdinaryUser(kind)
    }
}
