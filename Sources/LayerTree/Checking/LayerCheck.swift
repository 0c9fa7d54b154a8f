import LayerArchive
import LayerModel
package import LayerSystem

/// Holds a layer's tree against its index: every name, what stands there and its attributes, in the order of the walk.
package struct LayerCheck {
    /// Of how many faults a check makes a list: who has more needs no more.
    package static let faultLimit = 1000

    private let tree: Directory
    private let index: LayerIndex
    /// Whether the disk has owners, devices and attributes as the layer has them: root unpacked it, and root looks.
    private let isExact: Bool
    private let form: UpperForm
    private var identities: [Int: FileIdentity] = [:]
    private var faults: [LayerFault] = []

    /// Looks at a whole layer.
    ///
    /// - Parameters:
    ///   - tree: The layer's `tree/`.
    ///   - index: The layer's index.
    ///   - isExact: Whether root unpacked it and this process is root.
    /// - Returns: What is not as it was, `faultLimit` at most; content is not read.
    package static func faults(in tree: Directory, _ index: LayerIndex, isExact: Bool) -> [LayerFault] {
        var check = LayerCheck(tree, index, isExact)
        check.check(index.nodes[0], .root)
        return check.faults
    }

    /// Reads all files, for a layer whose tar has another digest.
    ///
    /// - Parameters:
    ///   - tree: The layer's `tree/`.
    ///   - index: The layer's index.
    /// - Returns: The files whose content is not what it was, `faultLimit` at most.
    package static func damagedFiles(in tree: Directory, _ index: LayerIndex) -> [LayerFault] {
        var faults: [LayerFault] = []
        for node in index.nodes where node.kind == .regular && node.primary == node.ordinal {
            guard faults.count < faultLimit else { break }
            let path = index.path(of: node)
            do {
                if try index.isDamaged(node, in: tree) { faults.append(LayerFault(path, .content)) }
            } catch {
                faults.append(LayerFault(path, .unreadable))
            }
        }
        return faults
    }

    private init(_ tree: Directory, _ index: LayerIndex, _ isExact: Bool) {
        self.tree = tree
        self.index = index
        self.isExact = isExact
        form = UpperForm(namespaces: [.trusted, .user], ownUserID: 0, ownGroupID: 0, hasExactOwners: isExact)
    }

    private var isFull: Bool { faults.count >= Self.faultLimit }

    private mutating func report(_ path: LayerPath, _ aspect: LayerFault.Aspect) {
        if !isFull { faults.append(LayerFault(path, aspect)) }
    }

    /// Looks at what lies in a directory.
    private mutating func check(_ directory: IndexNode, _ path: LayerPath) {
        let opened: Directory
        var found: [[UInt8]]
        do {
            opened = try tree.openInRoot(path.bytes)
            found = try opened.list()
        } catch { return report(path, .unreadable) }
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
            } else if isExact || !Self.isDevice(node) {
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
                let overlay = try overlay(name, in: directory)
                if status.byteCount != 0 || !overlay.isMarkedWhiteout { report(path, .kind) }
                return
            }
            // An ordinary user's disk holds a whiteout where the layer has a device.
            if !isExact, Self.isDevice(node) { return }
            guard status.kind == kind else { return report(path, .kind) }
            try compare(node, kind, status, name, in: directory, path)
        } catch { return report(path, .unreadable) }
        if node.kind == .directory { check(node, path) }
    }

    private mutating func compare(
        _ node: IndexNode,
        _ kind: EntryKind,
        _ status: FileStatus,
        _ name: [UInt8],
        in directory: Directory,
        _ path: LayerPath
    ) throws(SystemError) {
        if kind != .directory {
            if let first = identities[node.primary], first != status.identity { report(path, .links) }
            identities[node.primary] = status.identity
        }
        if kind == .regular, status.byteCount != node.byteCount { report(path, .size) }
        if kind == .symbolicLink, try directory.readLink(name) != Array(index.target(of: node)) {
            report(path, .target)
        }
        if Self.isDevice(node), status.nodeDevice != node.device { report(path, .device) }
        guard !node.isImplied else { return }
        if !Self.isSame(status.modificationTime, node.modificationTime) { report(path, .modificationTime) }
        if kind != .symbolicLink, !isSame(status.mode, node.mode, kind) { report(path, .mode) }
        guard isExact else { return }
        if status.uid != node.uid || status.gid != node.gid { report(path, .owner) }
        let kept = index.extendedAttributes(of: node).filter { XattrPolicy.isKept($0.name) }
        let there = try overlay(name, in: directory).content
        if kept.sorted(by: Self.precedes) != there.sorted(by: Self.precedes) { report(path, .attributes) }
    }

    private func overlay(_ name: [UInt8], in directory: Directory) throws(SystemError) -> OverlayAttribute {
        try OverlayAttribute(of: name, in: directory, form.namespaces)
    }

    private static func precedes(_ left: ExtendedAttribute, _ right: ExtendedAttribute) -> Bool {
        left.name.lexicographicallyPrecedes(right.name)
    }

    private static func isDevice(_ node: IndexNode) -> Bool {
        node.kind == .characterDevice || node.kind == .blockDevice
    }

    /// An ordinary user may read what is in that user's own store, whatever the layer says.
    private func isSame(_ mode: UInt16, _ expected: UInt16, _ kind: EntryKind) -> Bool {
        mode == expected || !isExact && mode == expected | (kind == .directory ? 0o500 : 0o400)
    }

    /// A file system keeps the nearest time that it can hold, of a precision that it has.
    private static func isSame(_ time: Timestamp, _ expected: Timestamp) -> Bool {
        if time == expected { return true }
        guard time.seconds == expected.seconds else {
            let earliest = Int64(Int32.min)
            let latest = [Int64(Int32.max), 0x3_7fff_ffff]
            return expected.seconds < earliest && time.seconds >= earliest && time.seconds <= 0
                || latest.contains(time.seconds) && expected.seconds > time.seconds
        }
        return time.nanoseconds == 0 || expected.nanoseconds - min(time.nanoseconds, expected.nanoseconds) < 1000
    }
}
