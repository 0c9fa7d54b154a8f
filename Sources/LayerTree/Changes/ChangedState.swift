import LayerArchive
import LayerModel
import LayerSystem

/// What stands at a name of a container now, as a layer would say it.
struct ChangedState {
    let kind: EntryKind
    var attributes: FileAttributes
    let byteCount: Int64
    var target: [UInt8] = []
    let device: DeviceNumber
    /// Which file it is, where it has several names.
    var link: FileIdentity?
    var content = TreeChange.ContentPlace.upper

    /// Describes a file of the read-write layer; owner and mode may need a look at the layer below.
    init(_ status: FileStatus, attributes: FileAttributes) {
        kind = status.kind
        self.attributes = attributes
        byteCount = status.kind == .regular ? status.byteCount : 0
        device = status.nodeDevice
        link = status.linkCount > 1 && status.kind != .directory ? status.identity : nil
    }

    /// Describes what a lower layer has, which shows at a name because a directory above it was renamed.
    init(_ reference: LowerStack.Reference, in lowers: LowerStack) {
        let node = lowers.node(reference)
        let index = lowers.index(reference)
        kind = node.kind ?? .regular
        attributes = FileAttributes(
            mode: node.mode,
            uid: node.uid,
            gid: node.gid,
            modificationTime: node.modificationTime,
            extendedAttributes: Self.kept(index.extendedAttributes(of: node))
        )
        byteCount = node.byteCount
        target = Array(index.target(of: node))
        device = node.device
        content = .lower(reference)
        // Names of one file of a layer are names of one file wherever they show.
        if kind != .directory {
            link = FileIdentity(device: reference.linkDevice, inode: UInt64(node.primary))
        }
    }

    /// The attributes that a read-write layer can have as well, in the order of their names.
    static func kept(_ attributes: [ExtendedAttribute]) -> [ExtendedAttribute] {
        attributes.filter { XattrPolicy.isKept($0.name) }.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }

    /// Whether mode, owner and extended attributes are those of a lower node.
    func hasAttributes(of before: LowerStack.Entry, in lowers: LowerStack) -> Bool {
        let node = lowers.node(before.node)
        guard attributes.uid == node.uid, attributes.gid == node.gid else { return false }
        guard kind == .symbolicLink || attributes.mode == node.mode else { return false }
        return attributes.extendedAttributes == Self.kept(lowers.index(before.node).extendedAttributes(of: node))
    }

    /// Whether anything but the content differs from a lower node (contract 3.3, and extended attributes, which a commit must have).
    func differs(from before: LowerStack.Entry, in lowers: LowerStack) -> Bool {
        let node = lowers.node(before.node)
        guard kind == node.kind, hasAttributes(of: before, in: lowers) else { return true }
        if kind == .directory { return false }
        guard byteCount == node.byteCount, Self.isSame(attributes.modificationTime, node.modificationTime) else {
            return true
        }
        switch kind {
        case .symbolicLink: return !lowers.index(before.node).target(of: node).elementsEqual(target)
        case .characterDevice, .blockDevice: return device != node.device
        default: return false
        }
    }

    /// Whether two times are equal as far as a layer keeps them: one of the two may have lost its fraction.
    static func isSame(_ left: Timestamp, _ right: Timestamp) -> Bool {
        left.seconds == right.seconds
            && (left.nanoseconds == right.nanoseconds || left.nanoseconds == 0 || right.nanoseconds == 0)
    }

    /// Whether the content differs from that of a lower file of the same length: all bytes are compared.
    func hasOtherContent(
        than before: LowerStack.Entry,
        at path: LayerPath,
        in lowers: LowerStack,
        upper: Directory
    ) -> Bool {
        let node = lowers.node(before.node)
        if case .lower(let reference) = content {
            let own = lowers.node(reference)
            if reference.layer == before.node.layer, own.primary == node.primary { return false }
            return lowers.index(reference).contentDigest(of: own)
                != lowers.index(before.node).contentDigest(of: node)
        }
        do {
            return try !FileComparison.isEqual(
                upper.openFileInRoot(path.bytes),
                lowers.layers[before.node.layer].openFile(node),
                byteCount: byteCount
            )
        } catch {
            // What cannot be read counts as changed: a commit then says that it cannot be read.
            return true
        }
    }
}
