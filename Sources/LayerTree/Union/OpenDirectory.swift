package import LayerModel
package import LayerSystem

/// A directory that the kernel shows: of a mounted container, of a checkout, or of the host.
package final class OpenDirectory: TreeDirectory {
    private static let temporaryPrefix = ".layerctl-"

    /// The open directory itself.
    package let directory: Directory
    /// Where the directory stands in its tree, as it was opened.
    package let path: LayerPath
    private let owners: OwnerRule

    /// Takes an open directory.
    ///
    /// - Parameters:
    ///   - directory: The directory.
    ///   - path: Where it stands in its tree.
    ///   - owners: Whose numbers stand on the disk for which owners.
    package init(_ directory: Directory, path: LayerPath = .root, owners: OwnerRule) {
        self.directory = directory
        self.path = path
        self.owners = owners
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
        OpenDirectory(try directory.open(name), path: path.appending(name), owners: owners)
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
        try staging(name) { temporary in
            try file.make(temporary, in: directory)
            try owners.apply(attributes, to: temporary, file.kind, in: directory)
        }
    }

    /// Gives a file of the same tree one more name, in place of what stands there.
    package func link(_ name: [UInt8], to other: any TreeDirectory, _ oldName: [UInt8]) throws {
        guard let other = other as? OpenDirectory else { throw TreeAccessError(.otherTree, self, name) }
        try staging(name) { temporary in
            try directory.makeHardLink(temporary, to: other.directory, oldName)
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
    private func staging(_ name: [UInt8], _ make: (String) throws -> Void) throws {
        let temporary = try TemporaryName.make(prefix: Self.temporaryPrefix)
        do {
            try make(temporary)
            try directory.rename(temporary, to: directory, as: name, replacing: true)
            // Where both were names of one file, the rename did nothing.
            if try directory.statusIfPresent(temporary) != nil { try directory.unlink(temporary) }
        } catch {
            try? directory.removeTree(temporary)  // reason: the first error is the one to report
            throw error
        }
    }
}
