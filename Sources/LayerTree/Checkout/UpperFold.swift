package import LayerModel
package import LayerSystem

/// Writes what a checkout has changed as a container's own layer, in the form that overlayfs reads.
///
/// Files become names of both trees where they lie on one file system, and copies otherwise: until the new layer is in its place
/// nothing is taken away from the checkout, and after a crash all can be done again.
package struct UpperFold {
    private let changes: [TreeChange]
    private let checkout: Directory
    private let lowers: LowerStack
    private let settings: TreeSettings
    private var setter: AttributeSetter
    private var upper: OpenedDirectory
    private var source: OpenedDirectory
    /// The directories in which files are whiteouts by an attribute.
    private var markedParents: Set<LayerPath> = []
    /// Of files that were copied and have several names, the first one.
    private var firstNames: [FileIdentity: LayerPath] = [:]

    /// A tree, and the directory of it that was used last.
    private struct OpenedDirectory {
        let root: Directory
        private var last: (path: LayerPath, directory: Directory)?

        init(_ root: Directory) { self.root = root }

        mutating func directory(_ path: LayerPath) throws(SystemError) -> Directory {
            if let last, last.path == path { return last.directory }
            let directory = path.isRoot ? root : try root.openInRoot(path.bytes)
            last = (path, directory)
            return directory
        }
    }

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - changes: What the checkout has changed.
    ///   - checkout: Its root.
    ///   - lowers: The layers that it was made of.
    ///   - upper: The empty directory that becomes the container's own layer.
    ///   - settings: What process and store are like.
    package init(
        _ changes: ChangeSet,
        of checkout: Directory,
        over lowers: LowerStack,
        into upper: Directory,
        settings: TreeSettings
    ) {
        self.changes = changes.changes
        self.checkout = checkout
        self.lowers = lowers
        self.settings = settings
        self.upper = OpenedDirectory(upper)
        source = OpenedDirectory(checkout)
        setter = AttributeSetter(settings)
    }

    /// Writes all.
    ///
    /// - Parameter attributes: What the root of the container's own layer looked like before.
    /// - Throws: `SystemError`.
    package mutating func write(root attributes: FileAttributes) throws {
        for change in changes {
            let directory = try upper.directory(change.path.parent ?? .root)
            let name = Array(change.path.name)
            if change.kind == .deleted {
                try makeWhiteout(name, in: directory, change)
            } else if change.entryKind == .directory {
                try directory.makeDirectory(name, mode: 0o700)
            } else {
                try place(change, name, in: directory)
            }
        }
        // Nothing is made in any of them from now on; the root may close itself to its owner.
        for change in changes where change.kind != .deleted && change.entryKind == .directory {
            try finish(change)
        }
        try finishRoot(attributes)
    }

    private mutating func makeWhiteout(_ name: [UInt8], in directory: Directory, _ change: TreeChange) throws {
        do throws(SystemError) {
            try directory.makeWhiteout(name)
        } catch {
            guard error.isNotPermitted || error.isNotSupported else { throw error }
            // Where no device can be made, the whiteout is an empty file with a mark.
            _ = try directory.createFile(name, mode: 0o600)
            try directory.setExtendedAttribute(overlayAttribute("whiteout", "y"), of: name)
            markedParents.insert(change.path.parent ?? .root)
        }
    }

    /// Gives a file of the checkout a name in the container's own layer.
    private mutating func place(_ change: TreeChange, _ name: [UInt8], in directory: Directory) throws {
        let origin = try source.directory(change.path.parent ?? .root)
        do throws(SystemError) {
            try directory.makeHardLink(name, to: origin, name)
        } catch {
            // Another file system, one that knows no links, or a file that has as many names as it can have.
            guard error.isCrossDevice || error.isNotPermitted || error.isNotSupported || error.isTooManyLinks else {
                throw error
            }
            return try copy(change, name, from: origin, to: directory)
        }
        guard change.entryKind == .regular else { return }
        // What a program may have written for overlayfs to read was content in the checkout.
        for attribute in try directory.extendedAttributeNames(of: name) where OverlayAttribute.isWord(attribute) {
            try directory.removeExtendedAttribute(attribute, of: name)
        }
    }

    private mutating func copy(
        _ change: TreeChange,
        _ name: [UInt8],
        from origin: Directory,
        to directory: Directory
    ) throws {
        if let link = change.link {
            if let first = firstNames[link] {
                let other = try upper.root.openInRoot(first.parent?.bytes ?? [])
                return try directory.makeHardLink(name, to: other, Array(first.name))
            }
            firstNames[link] = change.path
        }
        let status = try origin.status(name)
        switch status.kind {
        case .regular: try directory.createFile(name, mode: 0o600).copyContent(of: origin.openFile(name))
        case .symbolicLink: try directory.makeSymbolicLink(name, target: origin.readLink(name))
        default: try directory.makeNode(name, kind: status.kind, mode: 0o600, device: status.nodeDevice)
        }
        // The numbers of the disk, as a further name would have them: they are read back as those of the checkout were.
        let attributes = FileAttributes(
            mode: status.mode,
            uid: status.uid,
            gid: status.gid,
            modificationTime: status.modificationTime,
            extendedAttributes: change.attributes.extendedAttributes
        )
        try CName.lend(change.path.name) { name throws(SystemError) in
            try setter.set(attributes, of: name, status.kind, in: directory.descriptor)
        }
    }

    private mutating func finish(_ change: TreeChange) throws {
        let directory = try upper.directory(change.path)
        if let former = change.former, former.kind != .directory {
            try directory.setExtendedAttribute(overlayAttribute("opaque", "y"))
        } else if markedParents.contains(change.path) {
            try directory.setExtendedAttribute(overlayAttribute("opaque", "x"))
        }
        var attributes = change.attributes
        attributes.mode = modeOnDisk(change)
        try setter.set(exactly: attributes, ofDirectory: directory)
    }

    /// The mode by which the directory is read back as one with the mode that it has in the container.
    ///
    /// Of an ordinary user's store: where the layer below has the same, so has its disk, where the owner may read all.
    private func modeOnDisk(_ change: TreeChange) -> UInt16 {
        guard settings.isOrdinaryUser, let lower = lowers.entry(at: change.path), lower.directory != nil else {
            return change.attributes.mode
        }
        let mode = lowers.node(lower.node).mode
        return mode == change.attributes.mode ? mode | 0o500 : change.attributes.mode
    }

    private mutating func finishRoot(_ former: FileAttributes) throws {
        let status = try checkout.status()
        if markedParents.contains(.root) {
            try upper.root.setExtendedAttribute(overlayAttribute("opaque", "x"))
        }
        var attributes = former
        let made = AttributeSetter.modeOnDisk(former.mode, .directory, isOrdinaryUser: settings.isOrdinaryUser)
        if status.mode != made { attributes.mode = status.mode }
        (attributes.uid, attributes.gid) = (status.uid, status.gid)
        attributes.modificationTime = status.modificationTime
        try setter.set(exactly: attributes, ofDirectory: upper.root)
    }

    private func overlayAttribute(_ key: String, _ value: String) -> ExtendedAttribute {
        let prefix = settings.usesUserAttributes ? "user.overlay." : "trusted.overlay."
        return ExtendedAttribute(name: Array((prefix + key).utf8), value: Array(value.utf8))
    }
}
