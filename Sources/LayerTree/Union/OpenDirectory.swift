package import LayerModel
package import LayerSystem

/// A directory that the kernel shows: of a mounted container, of a checkout, or of the host.
package final class OpenDirectory: TreeDirectory {
    private static let temporaryPrefix = UnionContext.temporaryPrefix

    /// The open directory itself.
    package let directory: Directory
    /// Where the directory stands in its tree, as it was opened.
    package let path: LayerPath
    private let owners: OwnerRule
    /// Where files are made before they come to their places; nil to make them beside those.
    private let work: Directory?
    private lazy var stagingDirectory = stagingPlace()

    /// Takes an open directory.
    ///
    /// - Parameters:
    ///   - directory: The directory.
    ///   - path: Where it stands in its tree.
    ///   - owners: Whose numbers stand on the disk for which owners.
    ///   - work: Where files are made before they come to their places, so that a writer that is killed leaves nothing beside the user's
    ///     files: `UnionTree.leftovers(in:)` are its rest. Where it is another mount than that of a place, the place's own directory serves.
    package init(_ directory: Directory, path: LayerPath = .root, owners: OwnerRule, work: Directory? = nil) {
        self.directory = directory
        self.path = path
        self.owners = owners
        self.work = work
    }

    /// All names, ordered by their bytes.
    package func list() throws -> [[UInt8]] { try directory.list() }

    /// What stands at a name; nil when nothing does.
    package func entry(_ name: [UInt8]) throws -> TreeEntry? {
        guard let status = try directory.statusIfPresent(name) else { return nil }
        var entry = entry(status, try directory.extendedAttributes(of: name))
        if status.kind == .symbolicLink { entry.target = try directory.readLink(name) }
        return entry
    }

    /// What the directory itself is.
    package func ownEntry() throws -> TreeEntry { entry(try directory.status(), try directory.extendedAttributes()) }

    /// What the directory itself is, without its extended attributes.
    package func ownStatus() throws -> TreeEntry { entry(try directory.status(), []) }

    private func entry(_ status: FileStatus, _ attributes: [ExtendedAttribute]) -> TreeEntry {
        TreeEntry(
            kind: status.kind,
            attributes: FileAttributes(
                mode: status.mode,
                uid: owners.containerUser(status.uid),
                gid: owners.containerGroup(status.gid),
                modificationTime: status.modificationTime,
                extendedAttributes: attributes.filter { XattrPolicy.isKept($0.name) }
            ),
            byteCount: status.kind == .regular ? status.byteCount : 0,
            device: status.nodeDevice,
            link: status.linkCount > 1 && status.kind != .directory ? status.identity : nil
        )
    }

    /// Opens a directory in this one.
    package func open(_ name: [UInt8]) throws -> any TreeDirectory {
        OpenDirectory(try directory.open(name), path: path.appending(name), owners: owners, work: work)
    }

    /// Opens a regular file for reading; nothing else is ever opened.
    package func openFile(_ name: [UInt8]) throws -> File { try directory.openFile(name) }

    /// Makes a directory under a name that is not taken.
    package func makeDirectory(_ name: [UInt8], _ attributes: AttributeChange) throws {
        try directory.makeDirectory(name, mode: 0o700)
        try owners.apply(attributes, to: name, .directory, in: directory)
    }

    /// Makes anything but a directory, in one step, in place of what stands at the name.
    package func put(_ name: [UInt8], _ file: NewFile, _ attributes: AttributeChange) throws {
        try staging(name) { temporary, work in
            try file.make(temporary, in: work)
            try owners.apply(attributes, to: temporary, file.kind, in: work)
        }
    }

    /// Gives a file of the same tree one more name, in place of what stands there.
    package func link(_ name: [UInt8], to other: any TreeDirectory, _ oldName: [UInt8]) throws {
        guard let other = other as? OpenDirectory else { throw TreeAccessError(.otherTree, self, name) }
        try staging(name) { temporary, work in
            try work.makeHardLink(temporary, to: other.directory, oldName)
        }
    }

    /// Removes a name, a directory with all that lies in it.
    package func remove(_ name: [UInt8]) throws { try directory.removeTree(name) }

    /// Changes attributes of what stands at a name, of a link its own.
    package func setAttributes(_ name: [UInt8], _ change: AttributeChange) throws {
        try owners.apply(change, to: name, directory.status(name).kind, in: directory)
    }

    /// Changes attributes of the directory itself.
    ///
    /// - Parameter change: The attributes.
    /// - Throws: `SystemError`.
    package func setOwnAttributes(_ change: AttributeChange) throws {
        try owners.apply(change, toItself: directory)
    }

    /// Makes something under a temporary name and then moves it to its own.
    private func staging(_ name: [UInt8], _ make: (_ temporary: String, _ work: Directory) throws -> Void) throws {
        let temporary = try TemporaryName.make(prefix: Self.temporaryPrefix)
        let work = stagingDirectory
        do {
            try make(temporary, work)
            try work.rename(temporary, to: directory, as: name, replacing: true)
            // Where both were names of one file, the rename did nothing.
            if try work.statusIfPresent(temporary) != nil { try work.unlink(temporary) }
        } catch {
            try? work.removeTree(temporary)  // reason: the first error is the one to report
            throw error
        }
    }

    /// The work directory where it serves for this one: nothing is renamed from one mount to another.
    private func stagingPlace() -> Directory {
        guard let work, let own = try? directory.mountNumber(), let other = try? work.mountNumber() else {
            return directory  // reason: a kernel that numbers no mounts
        }
        return own == other ? work : directory
    }
}
