import LayerSystem

extension LayerStore {
    /// Removes what dead processes left unfinished, if nobody is at work now.
    func clean() throws {
        let root = try existingRoot()
        guard let lock = try root.tryLock(file: StoreLayout.lockName, .exclusive) else { return }
        defer { withExtendedLifetime(lock) {} }
        for name in [StoreLayout.staging, StoreLayout.trash] {
            let directory = try root.open(name)
            for entry in try directory.list() { try directory.removeTree(entry) }
        }
    }

    /// Moves an object out of its place; `emptyTrash` removes it.
    func discard(_ place: [String]) throws {
        let root = try existingRoot()
        guard let parent = try root.openIfPresent(Array(place.dropLast())) else { return }
        let trash = try root.openOrMakeDirectory(StoreLayout.trash)
        try parent.rename(place[place.count - 1], to: trash, as: TemporaryName.make(prefix: ""), replacing: false)
        try parent.synchronize()
    }

    /// Removes what was discarded.
    func emptyTrash() throws {
        let trash = try existingRoot().open(StoreLayout.trash)
        for entry in try trash.list() {
            do throws(SystemError) {
                try trash.removeTree(entry)
            } catch {
                // Another process may be emptying it as well.
                guard error.isNotFound else { throw error }
            }
        }
    }
}
