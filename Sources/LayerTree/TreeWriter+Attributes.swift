import LayerModel
import LayerSystem

extension TreeWriter {
    /// Sets the attributes of an open file.
    mutating func setAttributes(
        of file: FileDescriptor,
        _ inode: LedgerInode,
        _ attributes: InodeAttributes,
        _ ledger: borrowing LayerLedger
    ) throws(SystemError) {
        let metadata = metadata(inode, attributes)
        if try metadata.setOwner(of: file) { notes.ownerCount += 1 }
        for attribute in kept(attributes, ledger) {
            try note {
                () throws(SystemError) in
                try attribute.withCStrings { name, value throws(SystemError) in
                    try file.setExtendedAttribute(name, value: value)
                }
            }
        }
        try metadata.setModeAndTimes(of: file)
    }

    /// What a new file gets, and is not right already; notes whom it cannot belong to.
    mutating func metadata(_ inode: LedgerInode, _ attributes: InodeAttributes) -> FileMetadata {
        let isOwned = attributes.uid == settings.uid && attributes.gid == settings.gid
        if !isOwned, !settings.keepsOwners { notes.ownerCount += 1 }
        let isGivenAway = !isOwned && settings.keepsOwners
        let mode = modeOnDisk(inode)
        let hasMode = !isGivenAway && mode == inode.mode & 0o777 | 0o600 && mode & settings.umask == 0
        return FileMetadata(
            owner: isGivenAway ? (attributes.uid, attributes.gid) : nil,
            mode: hasMode ? nil : mode,
            time: attributes.modificationTime
        )
    }

    /// Sets the attributes of a name that is no regular file, without following it.
    mutating func setAttributes(of node: NodeID, _ ledger: borrowing LayerLedger) throws {
        let inode = ledger.inode(at: node)
        let attributes = ledger.attributes[ledger.inodeID(at: node)]
        let kept = kept(attributes, ledger)
        let mode = modeOnDisk(inode)
        let settings = settings
        let holdsWhiteouts = whiteoutParents.contains(node)
        let hasMode = inode.kind == .directory && directoryModes[node] == mode
        var notes = notes
        try named(node, ledger) { directory, name throws(SystemError) in
            let isOwned = attributes.uid == settings.uid && attributes.gid == settings.gid
            if !isOwned, !settings.keepsOwners { notes.ownerCount += 1 }
            if !isOwned, settings.keepsOwners {
                do throws(SystemError) {
                    try directory.setOwner(name, uid: attributes.uid, gid: attributes.gid)
                } catch  where error.isOwnerRefused {
                    notes.ownerCount += 1
                }
            }
            for attribute in kept {
                do throws(SystemError) {
                    try attribute.withCStrings { key, value throws(SystemError) in
                        try directory.setExtendedAttribute(key, value: value, of: name)
                    }
                } catch  where error.isNotPermitted || error.isNotSupported {
                    notes.attributeCount += 1
                }
            }
            if inode.isOpaque { try directory.makeOpaque(name, usesUserAttributes: settings.usesUserAttributes) }
            if holdsWhiteouts { try directory.markWhiteouts(name, usesUserAttributes: settings.usesUserAttributes) }
            if inode.kind != .symbolicLink, !hasMode { try directory.setMode(name, mode) }
            try directory.setTimes(name, attributes.modificationTime)
        }
        self.notes = notes
    }

    /// Gives all directories their attributes, the deepest first.
    ///
    /// - Parameter ledger: The finished tree, closed.
    /// - Throws: `SystemError`.
    mutating func finishDirectories(_ ledger: borrowing LayerLedger) throws {
        var node = Self.firstToFinish(from: .root, ledger)
        while node != .root {
            if ledger.isDirectory(node) { try setAttributes(of: node, ledger) }
            cache.forget(node)
            let sibling = ledger.nodes[node].nextSibling
            node = sibling.isNone ? ledger.nodes[node].parent : Self.firstToFinish(from: sibling, ledger)
        }
    }

    /// The first node below another, or itself, that has nothing below it.
    private static func firstToFinish(from node: NodeID, _ ledger: borrowing LayerLedger) -> NodeID {
        var current = node
        while ledger.isDirectory(current), !ledger.nodes[current].children.isNone {
            current = ledger.nodes[current].children
        }
        return current
    }

    /// The mode that a file gets: an ordinary user's own store must stay readable for that user.
    func modeOnDisk(_ inode: LedgerInode) -> UInt16 {
        guard settings.isOrdinaryUser else { return inode.mode }
        return inode.mode | (inode.kind == .directory ? 0o500 : 0o400)
    }

    private func kept(_ attributes: InodeAttributes, _ ledger: borrowing LayerLedger) -> [ExtendedAttribute] {
        guard attributes.extendedAttributes >= 0 else { return [] }
        return ledger.attributeSets[Int(attributes.extendedAttributes)].filter { XattrPolicy.isKept($0.name) }
    }

    private mutating func note(_ body: () throws(SystemError) -> Void) throws(SystemError) {
        do throws(SystemError) {
            try body()
        } catch  where error.isNotPermitted || error.isNotSupported {
            notes.attributeCount += 1
        }
    }
}

extension ExtendedAttribute {
    /// Calls with the name as a C string and the value as bytes.
    func withCStrings<E: Error>(
        _ body: (UnsafePointer<CChar>, UnsafeRawBufferPointer) throws(E) -> Void
    ) throws(E) {
        let result: Result<Void, E> = (name + [0]).withUnsafeBytes { bytes in
            value.withUnsafeBytes { value in
                guard let base = bytes.baseAddress else { return .success(()) }
                do throws(E) {
                    return .success(try body(base.assumingMemoryBound(to: CChar.self), value))
                } catch {
                    return .failure(error)
                }
            }
        }
        try result.get()
    }
}

extension DirectoryDescriptor {
    /// Makes overlayfs' mark for a removed name: the character device 0:0, which since Linux 5.8 anybody may make.
    func makeWhiteout(_ name: UnsafePointer<CChar>) throws(SystemError) {
        try makeNode(name, kind: .characterDevice, mode: 0, device: DeviceNumber(major: 0, minor: 0))
    }

    /// Marks a directory as one that hides what lies below it.
    ///
    /// Source: Linux `Documentation/filesystems/overlayfs.rst`.
    func makeOpaque(_ name: UnsafePointer<CChar>, usesUserAttributes: Bool) throws(SystemError) {
        try setOverlayAttribute("opaque", "y", of: name, usesUserAttributes: usesUserAttributes)
    }

    /// Marks a directory as one that may hold whiteouts although no lower layer has the directory.
    ///
    /// Without the mark the kernel lists such a directory as it is, whiteouts and all. An empty origin says that it was copied up,
    /// from where is not known. Source: Linux `fs/overlayfs/inode.c`, `ovl_get_inode`, and `util.c`, `ovl_path_check_origin_xattr`.
    func markWhiteouts(_ name: UnsafePointer<CChar>, usesUserAttributes: Bool) throws(SystemError) {
        try setOverlayAttribute("origin", "", of: name, usesUserAttributes: usesUserAttributes)
    }

    private func setOverlayAttribute(
        _ key: String,
        _ value: String,
        of name: UnsafePointer<CChar>,
        usesUserAttributes: Bool
    ) throws(SystemError) {
        let attribute = ExtendedAttribute(
            name: Array(((usesUserAttributes ? "user.overlay." : "trusted.overlay.") + key).utf8),
            value: Array(value.utf8)
        )
        try attribute.withCStrings { key, value throws(SystemError) in
            try setExtendedAttribute(key, value: value, of: name)
        }
    }
}
