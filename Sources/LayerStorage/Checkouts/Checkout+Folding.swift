package import LayerModel
package import LayerSystem
package import LayerTree

extension Checkout {
    static let nextUpper = "upper.new"
    static let formerUpper = "upper.old"

    /// Turns what a checkout has changed into the container's own layer, and empties the directory.
    ///
    /// One that is only half made is discarded. When nothing has changed the container's layer stays as it is.
    ///
    /// - Parameters:
    ///   - record: The container.
    ///   - store: The store.
    ///   - form: How the container's own layer is to say what it changes.
    ///   - lock: The container's exclusive lock.
    /// - Throws: `StorageError` of kind `notFound` for a container without a checkout, or one whose directory is gone;
    ///   `TreeError.unreadable`, `SystemError`. The checkout is still there then.
    package static func fold(
        _ record: ContainerRecord,
        in store: LayerStore,
        form: UpperForm,
        holding lock: FileLock
    ) throws {
        defer { withExtendedLifetime(lock) {} }
        guard var checkout = try current(of: record.id, in: store) else {
            throw StorageError(.notFound, "", "container \(record.name) is not checked out")
        }
        let container = try store.containerDirectory(record.id)
        try recover(container)
        if checkout.state == .ready {
            try checkout.writeUpper(record, in: store, form, container)
            checkout.state = .folded
            try checkout.write(record.id, in: store)
        }
        try checkout.remove(of: record.id, in: store)
    }

    /// Gives a checkout up: what it has changed is lost, and the directory is emptied.
    ///
    /// - Parameters:
    ///   - id: The container.
    ///   - store: The store.
    ///   - lock: The container's exclusive lock.
    /// - Throws: `StorageError` of kind `corrupt` for a damaged record, `SystemError`.
    package static func discard(_ id: ContainerID, in store: LayerStore, holding lock: FileLock) throws {
        defer { withExtendedLifetime(lock) {} }
        try clear(id, in: store)
    }

    /// Gives a checkout up where the caller's caller holds the lock.
    static func clear(_ id: ContainerID, in store: LayerStore) throws {
        let container = try store.containerDirectory(id)
        try recover(container)
        guard let checkout = try current(of: id, in: store) else { return }
        do {
            try checkout.noteEnd(of: id, in: store)
        } catch let error as SystemError where error.isNoSpace {
            // A full disk must not keep it: without this file nobody takes the directory for the container.
            try removeIfPresent(inodesName, in: container)
            try container.synchronize()
        }
        try checkout.empty(of: id, in: store)
    }

    private func writeUpper(
        _ record: ContainerRecord,
        in store: LayerStore,
        _ form: UpperForm,
        _ container: Directory
    ) throws {
        let lowers = try LowerStack(record.layers.map(\.key), in: store)
        guard let (root, made) = try open(over: lowers, of: record.id, in: store) else { return }
        let changes = ChangeWalk.changes(in: root, over: lowers, form: .ofCheckout, checkout: made)
        guard changes.problems.isEmpty else { throw TreeError.unreadable(changes.problems) }
        if changes.isUntouched { return }
        try Self.removeIfPresent(Self.nextUpper, in: container)
        try container.makeDirectory(Self.nextUpper, mode: 0o700)
        let next = try container.open(Self.nextUpper)
        let settings = TreeSettings.ofThisProcess(usesUserAttributes: !form.namespaces.contains(.trusted))
        var fold = UpperFold(changes, of: root, over: lowers, into: next, settings: settings)
        try fold.write(root: container.open(StoreLayout.upper).ownAttributes())
        // The files of both trees are the same ones where they lie on one file system: this writes the checkout's content as well.
        try container.synchronizeFileSystem()
        try Self.exchange(container)
    }

    /// Puts the next upper directory in the place of the former one, in one step where the file system can.
    private static func exchange(_ container: Directory) throws(SystemError) {
        do throws(SystemError) {
            try container.exchange(nextUpper, with: container, StoreLayout.upper)
        } catch {
            guard error.isNotSupported || error.isInvalid else { throw error }
            try container.rename(StoreLayout.upper, to: container, as: formerUpper, replacing: false)
            // Cut off here there is no upper directory, which `recover` sees.
            try container.rename(nextUpper, to: container, as: StoreLayout.upper, replacing: false)
        }
        try container.synchronize()
    }

    /// Puts the former upper directory back where a crash has cut an exchange into two.
    private static func recover(_ container: Directory) throws(SystemError) {
        guard try container.statusIfPresent(StoreLayout.upper) == nil,
            try container.statusIfPresent(formerUpper) != nil
        else { return }
        try container.rename(formerUpper, to: container, as: StoreLayout.upper, replacing: false)
        try container.synchronize()
    }

    /// Empties the directory and forgets the checkout.
    ///
    /// - Throws: `SystemError`, `StorageError`; then it is the container still, or nothing but a rest that the next fold or discard clears.
    func remove(of id: ContainerID, in store: LayerStore) throws {
        try noteEnd(of: id, in: store)
        try empty(of: id, in: store)
    }

    /// Says that the directory means nothing any more, before anything goes out of it: what is half empty must not be taken for the container.
    private func noteEnd(of id: ContainerID, in store: LayerStore) throws {
        guard state == .ready else { return }
        var ended = self
        ended.state = .folded
        try ended.write(id, in: store)
    }

    /// Empties the directory; the record goes last.
    private func empty(of id: ContainerID, in store: LayerStore) throws {
        let container = try store.containerDirectory(id)
        if let root = try rootIfPresent() {
            // It may have been closed to its owner.
            try root.setMode(0o700)
            for name in try root.list() { try root.removeTree(name) }
            try restore(root)
        }
        for name in [Self.nextUpper, Self.formerUpper, Self.inodesName] {
            try Self.removeIfPresent(name, in: container)
        }
        try Self.removeIfPresent(Self.recordName, in: container)
        try container.synchronize()
    }

    /// Gives the directory the look that it had before.
    private func restore(_ root: Directory) throws(SystemError) {
        for attribute in try root.extendedAttributes() where XattrPolicy.isKept(attribute.name) {
            try root.removeExtendedAttribute(attribute.name)
        }
        if Host.effectiveUserID == 0 { try root.setOwner(uid: place.uid, gid: place.gid) }
        try root.setMode(place.mode)
    }

    private static func removeIfPresent(_ name: String, in directory: Directory) throws(SystemError) {
        do throws(SystemError) {
            try directory.removeTree(name)
        } catch {
            guard error.isNotFound else { throw error }
        }
    }
}
