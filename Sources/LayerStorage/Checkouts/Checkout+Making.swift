import LayerModel
package import LayerSystem
package import LayerTree

extension Checkout {
    /// Makes a real directory of a container: all that it shows, which is the container from then on.
    ///
    /// When this returns all is on the disk: a file that a power cut takes away would count as removed. With durability `none` it is not, and the
    /// checkout counts for as long as its file system stays mounted.
    ///
    /// - Parameters:
    ///   - record: The container.
    ///   - store: The store.
    ///   - path: An empty directory, which gets owner and mode of the container's root.
    ///   - form: How the container's own layer says what it changes.
    ///   - lock: The container's exclusive lock.
    /// - Returns: The checkout.
    /// - Throws: `StorageError`: `conflict` for a container that has a checkout and for a directory that is not empty;
    ///   `TreeError.unreadable`, `TreeError.damagedFile`, `SystemError`. The directory is empty again then.
    package static func make(
        of record: ContainerRecord,
        in store: LayerStore,
        at path: [UInt8],
        form: UpperForm,
        holding lock: FileLock
    ) throws -> Checkout {
        defer { withExtendedLifetime(lock) {} }
        if let present = try current(of: record.id, in: store) {
            let reason = "container \(record.name) is checked out at \(EscapedText.name(present.path)) already"
            throw StorageError(.conflict, "", reason)
        }
        let root = try emptyDirectory(path, store.durability)
        let container = try store.containerDirectory(record.id)
        var checkout = try Checkout(building: root, of: container)
        try checkout.write(record.id, in: store)
        do {
            let lowers = try LowerStack(record.layers.map(\.key), in: store)
            let upper = try container.open(StoreLayout.upper)
            let made = try fill(root, lowers, (upper, form))
            try writeInodes(made.encoded(), in: container)
            checkout.unsynchronizedSession = store.durability == .none ? try root.session() : nil
            try root.synchronizeFileSystem()
            checkout.finished = made.finished
            checkout.state = .ready
            try checkout.write(record.id, in: store)
        } catch {
            // reason: the first error is the one to report; what is left is cleared by the next fold or discard, or is the whole checkout
            try? checkout.remove(of: record.id, in: store)
            throw error
        }
        return checkout
    }

    /// Makes a real directory of an image: a copy that the store knows nothing of.
    ///
    /// - Parameters:
    ///   - layers: The layers, the lowest first.
    ///   - store: The store.
    ///   - path: An empty directory, which gets owner and mode of the image's root.
    /// - Throws: `StorageError` of kind `conflict` for a directory that is not empty; `TreeError.damagedFile`, `SystemError`.
    package static func makeImage(of layers: [LayerKey], in store: LayerStore, at path: [UInt8]) throws {
        _ = try fill(emptyDirectory(path, store.durability), LowerStack(layers, in: store), nil)
    }

    private static func emptyDirectory(_ path: [UInt8], _ durability: Durability) throws -> Directory {
        let directory = try Directory(path: path, durability: durability)
        guard try directory.isEmpty() else {
            throw StorageError(.conflict, EscapedText.name(path), "the directory is not empty")
        }
        return directory
    }

    private static func fill(
        _ root: Directory,
        _ lowers: LowerStack,
        _ own: (upper: Directory, form: UpperForm)?
    ) throws -> CheckoutRecord {
        let tree: ChangeSet
        let attributes: FileAttributes
        if let own {
            tree = ChangeWalk.wholeTree(own.upper, over: lowers, form: own.form)
            attributes = try own.upper.ownAttributes()
        } else {
            tree = ChangeWalk.wholeTree(of: lowers)
            attributes = lowers.rootAttributes
        }
        guard tree.problems.isEmpty else { throw TreeError.unreadable(tree.problems) }
        return try CheckoutMaker(tree, lowers: lowers, upper: own?.upper, settings: .ofThisProcess)
            .make(in: root, attributes: attributes)
    }

    private static func writeInodes(_ bytes: [UInt8], in container: Directory) throws {
        if try container.statusIfPresent(inodesName) != nil { try container.unlink(inodesName) }
        let file = try container.createFile(inodesName)
        try file.write(bytes)
        try file.synchronize()
    }
}

extension Directory {
    /// What the directory looks like, without what is said to overlayfs.
    func ownAttributes() throws(SystemError) -> FileAttributes {
        let status = try status()
        return FileAttributes(
            mode: status.mode,
            uid: status.uid,
            gid: status.gid,
            modificationTime: status.modificationTime,
            extendedAttributes: try extendedAttributes().filter { XattrPolicy.isKept($0.name) }
        )
    }
}
