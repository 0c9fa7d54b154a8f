import LayerDriver
import LayerModel
import LayerSystem

/// Takes everything out of a store that no record needs.
///
/// ```
/// under the exclusive lock of the store: mounts of what is gone are ended, records are read (`StoreMark`), the rest is renamed into trash/
/// without it:                            what lies in trash/ is measured and removed, while others work
/// ```
///
/// Nothing is deleted in its place, so that it can be cut off at any point: what is in the trash by then, the next one removes. Only
/// locks and mount tables say who is at work; no time is asked for. What belongs to a record, be that damaged, stays.
///
/// The locks of `names`, `containers` and `volumes` are taken below that of the store, those of single containers without waiting.
struct StoreCollector {
    /// What becomes of something that is found.
    private struct Pending {
        let parent: Directory
        let name: [UInt8]
        let item: Int
    }

    let store: LayerStore
    let root: Directory
    /// Whether only to say what would go.
    let isDryRun: Bool
    var collection = StoreCollection()
    /// Where containers and images are mounted.
    var search: MountSearch
    private var pending: [Pending] = []
    private var trash: Directory?

    /// Looks for mounts: the caller holds the store's exclusive lock, so that none is made any more.
    init(_ store: LayerStore, isDryRun: Bool) throws {
        self.store = store
        root = try store.existingRoot()
        self.isDryRun = isDryRun
        search = try MountSearch(isWide: true)
    }

    /// Finds all that nobody needs, and moves it into the trash; the caller holds the store's exclusive lock.
    mutating func collect() throws {
        try takeOldTrash()
        try endMounts()
        try takeMountPoints()
        let unfinished = try takeContainers()
        try takeVolumes()
        let mark = try StoreMark(of: store, without: unfinished)
        collection.problems += mark.problems
        try takeObjects(mark)
        try takeNames()
        try takeUnfinished()
    }

    /// Measures what was found, and removes it from the trash; nobody needs to hold a lock.
    mutating func finish() throws {
        var space = ReclaimedSpace()
        for thing in pending {
            let sum = try space.add(thing.name, in: thing.parent)
            collection.items[thing.item].byteCount += sum.byteCount
            collection.items[thing.item].inodeCount += sum.inodeCount
        }
        guard !isDryRun else { return }
        for thing in pending {
            do {
                try store.emptyTrash([thing.name])
            } catch let error as SystemError {
                let name = EscapedText.name(collection.items[thing.item].path)
                collection.failures.append("\(name) stays in the trash until it can go: \(error)")
            }
        }
    }

    /// Takes something out of its place.
    ///
    /// - Parameters:
    ///   - kind: What it is.
    ///   - name: Its name.
    ///   - parent: Where it lies.
    ///   - place: The path of that from the store's root on.
    /// - Throws: `SystemError`.
    mutating func take(_ kind: StoreCollection.Kind, _ name: [UInt8], in parent: Directory, at place: [String]) throws {
        let item = StoreCollection.Item(kind, Self.path(name, at: place))
        guard !isDryRun else { return add(item, name, in: parent) }
        do {
            guard let newName = try store.moveToTrash(name, of: parent) else { return }
            // One descriptor for all that is taken.
            let trash = try self.trash ?? root.open(StoreLayout.trash)
            self.trash = trash
            add(item, newName, in: trash)
        } catch let error as SystemError where error.isStuck {
            collection.failures.append("\(error)")
        }
    }

    /// Takes an empty directory away.
    ///
    /// - Returns: Whether it is one.
    /// - Throws: `SystemError`.
    @discardableResult
    mutating func takeEmpty(_ name: [UInt8], in parent: Directory, at place: [String]) throws -> Bool {
        guard try parent.open(name).isEmpty() else { return false }
        do throws(SystemError) {
            if !isDryRun { try parent.removeDirectory(name) }
        } catch {
            // In use, or somebody was faster.
            guard error.isBusy || error.isNotFound || error.isAlreadyThere else { throw error }
            return false
        }
        collection.items.append(StoreCollection.Item(.directory, Self.path(name, at: place), inodeCount: 1))
        return true
    }

    private mutating func takeOldTrash() throws {
        guard let trash = try root.openIfPresent([StoreLayout.trash]) else { return }
        for name in try trash.list() {
            add(StoreCollection.Item(.trash, Self.path(name, at: [StoreLayout.trash])), name, in: trash)
        }
    }

    /// Takes what dead processes have left: with the exclusive lock in hand all of it is nobody's.
    private mutating func takeUnfinished() throws {
        if let staging = try root.openIfPresent([StoreLayout.staging]) {
            for name in try staging.list() { try take(.unfinished, name, in: staging, at: [StoreLayout.staging]) }
        }
        let prefixes = [RecordFile.temporaryPrefix, DriverProbe.trialPrefix]
        for name in try root.list() where prefixes.contains(where: { name.starts(with: $0.utf8) }) {
            try take(.unfinished, name, in: root, at: [])
        }
    }

    private mutating func add(_ item: StoreCollection.Item, _ name: [UInt8], in parent: Directory) {
        pending.append(Pending(parent: parent, name: name, item: collection.items.count))
        collection.items.append(item)
    }

    static func path(_ name: [UInt8], at place: [String]) -> [UInt8] {
        place.flatMap { Array($0.utf8) + [UInt8(ascii: "/")] } + name
    }
}

extension LayerStore {
    /// Removes everything from the store that no record needs: layers, blobs, work of dead processes, mounts of what is gone.
    ///
    /// Images, containers and volumes that have a record stay, damaged or not. It waits until nobody adds to the store.
    ///
    /// - Parameters:
    ///   - isDryRun: Whether only to say what would go; a read-only store can be asked as well.
    ///   - willWait: Called once when somebody else has been at work for a second.
    /// - Returns: What went; nothing for a store that does not exist.
    /// - Throws: `SystemError`, `MountTableError`, what `willWait` throws.
    package func collect(isDryRun: Bool, willWait: () throws -> Void = {}) throws -> StoreCollection {
        guard root != nil else { return StoreCollection() }
        let lock = try lockToDelete(willWait)
        var collector = try StoreCollector(self, isDryRun: isDryRun)
        try collector.collect()
        withExtendedLifetime(lock) {}
        try collector.finish()
        return collector.collection
    }
}
