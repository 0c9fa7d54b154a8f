import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// A container's read-write layer, opened with the layers below it.
final class ContainerStack {
    /// The container.
    let record: ContainerRecord
    /// The root of what the container has written: its upper directory, or its checkout.
    let upper: Directory
    /// The layers below.
    let lowers: LowerStack
    /// In which form the container says what it changes.
    let form: UpperForm
    private let lock: FileLock

    /// Opens a container.
    ///
    /// - Parameters:
    ///   - text: What the user wrote.
    ///   - store: The store.
    ///   - mode: Shared to look at the read-write layer, exclusive to change it.
    /// - Throws: `StorageError`, `TreeError.damagedIndex`, `SystemError`.
    init(_ text: String, in store: LayerStore, _ mode: LockMode) throws {
        let found = try store.container(text)
        try found.enterNamespace()
        lock = try store.lockContainer(found.id, mode)
        // As it is under the lock.
        record = try store.container(found.id.hex)
        upper = try store.containerDirectory(found.id).open("upper")
        if mode == .exclusive, record.isMoving { try store.endMove(of: record.id, upper) }
        let keys = record.layers.map(\.key)
        lowers = try LowerStack(keys, in: store)
        var form = UpperForm.ofThisProcess
        if try keys.contains(where: { try store.intactLayer($0)?.usesUserAttributes == true }) {
            form.namespaces = .user
        }
        if record.wasWrittenByFuse {
            form.readsMarkers = true
            form.namespaces = [.trusted, .user]
        }
        self.form = form
    }

    /// What the container changes.
    ///
    /// - Returns: The changes.
    /// - Throws: `TreeError.unreadable` that lists what cannot be read.
    func changes() throws -> ChangeSet {
        let set = ChangeWalk.changes(in: upper, over: lowers, form: form)
        guard set.problems.isEmpty else { throw TreeError.unreadable(set.problems) }
        return set
    }

    /// The whole tree, as if nothing were below it.
    func wholeTree() throws -> ChangeSet {
        let set = ChangeWalk.wholeTree(upper, over: lowers, form: form)
        guard set.problems.isEmpty else { throw TreeError.unreadable(set.problems) }
        return set
    }
}

extension LowerStack {
    /// Opens layers of a store as a stack.
    ///
    /// - Parameters:
    ///   - keys: The layers, the lowest first.
    ///   - store: The store.
    /// - Throws: `LayerError` for a layer that is not there, `TreeError.damagedIndex`, `SystemError`.
    convenience init(_ keys: [LayerKey], in store: LayerStore) throws {
        let isRoot = UpperForm.ofThisProcess.hasExactOwners
        var layers: [StackedLayer] = []
        var seen: Set<LayerKey> = []
        for key in keys.reversed() where seen.insert(key).inserted {
            guard let record = try store.intactLayer(key), let directory = try store.layerDirectory(key) else {
                throw LayerError(.corrupt, "layer \(key.digest) is missing or damaged: load its image again")
            }
            let index = try LayerIndex(MappedFile(directory.openFile(LayerUnpacker.indexName)))
            let tree = try directory.open(LayerUnpacker.treeName)
            layers.append(StackedLayer(index: index, tree: tree, isExact: isRoot && record.isPrivileged))
            if record.summary.isRootOpaque { break }
        }
        self.init(layers)
    }
}

extension UpperForm {
    /// How this process sees what containers of its own stores have written.
    static var ofThisProcess: UpperForm {
        let isRoot = Host.effectiveUserID == 0 && UserNamespace.isInitial
        return UpperForm(
            namespaces: isRoot ? .trusted : .user,
            ownUserID: Host.effectiveUserID,
            ownGroupID: Host.effectiveGroupID,
            hasExactOwners: isRoot
        )
    }
}
