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
    /// For a checkout, what was made when.
    let checkout: CheckoutRecord?
    private let lock: FileLock

    /// Opens a container.
    ///
    /// - Parameters:
    ///   - text: What the user wrote.
    ///   - store: The store.
    ///   - mode: Shared to look at the read-write layer, exclusive to change it.
    ///   - preparing: What another thread does while the layers are opened, for what comes after.
    /// - Throws: `StorageError`, `TreeError.damagedIndex`, `SystemError`.
    init(
        _ text: String,
        in store: LayerStore,
        _ mode: LockMode,
        preparing: (@Sendable () -> Void)? = nil
    ) throws {
        let found = try store.container(text)
        // No namespace can be entered once there are threads.
        try found.enterNamespace()
        let preparation = preparing.map(BackgroundWork.init)
        defer { withExtendedLifetime(preparation) {} }
        lock = try store.lockContainer(found.id, mode)
        // As it is under the lock.
        var record = try store.container(found.id)
        if mode == .exclusive, record.isMoving, try Checkout.current(of: found.id, in: store) == nil {
            try store.endMove(of: found.id)
            record = try store.container(found.id)
        }
        self.record = record
        lowers = try LowerStack(record.layers.map(\.key), in: store)
        if let opened = try Checkout.current(of: found.id, in: store)?.open(over: lowers, of: found.id, in: store) {
            (upper, form, checkout) = (opened.root, .ofCheckout, opened.record)
        } else {
            upper = try store.containerDirectory(found.id).open("upper")
            (form, checkout) = (try UpperForm(of: record, in: store), nil)
        }
    }

    /// What the container changes.
    ///
    /// - Returns: The changes.
    /// - Throws: `TreeError.unreadable` that lists what cannot be read.
    func changes() throws -> ChangeSet {
        let set = ChangeWalk.changes(in: upper, over: lowers, form: form, checkout: checkout)
        guard set.problems.isEmpty else { throw TreeError.unreadable(set.problems) }
        return set
    }

    /// The whole tree, as if nothing were below it.
    func wholeTree() throws -> ChangeSet {
        let set = ChangeWalk.wholeTree(upper, over: lowers, form: form, checkout: checkout)
        guard set.problems.isEmpty else { throw TreeError.unreadable(set.problems) }
        return set
    }
}
