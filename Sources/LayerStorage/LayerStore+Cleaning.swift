import LayerSystem

extension LayerStore {
    /// Removes what dead processes left unfinished, if nobody is at work now.
    func clean() throws {
        let root = try existingRoot()
        guard let lock = try root.tryLock(file: StoreLayout.lockName, .exclusive) else { return }
        defer { withExtendedLifetime(lock) {} }
        for name in [StoreLayout.staging, StoreLayout.trash] { try empty(root.open(name)) }
    }

    /// Moves an object out of its place; `emptyTrash` removes it.
    func discard(_ place: [String]) throws {
        let root = try existingRoot()
        guard let parent = try root.openIfPresent(Array(place.dropLast())) else { return }
        let trash = try root.openOrMakeDirectory(StoreLayout.trash)
        do throws(SystemError) {
            try parent.rename(place[place.count - 1], to: trash, as: TemporaryName.make(prefix: ""), replacing: false)
        } catch {
            // What is gone already, a layer of a damaged store, is no reason to keep the rest.
            guard error.isNotFound else { throw error }
        }
        try parent.synchronize()
    }

    /// Removes what was discarded.
    func emptyTrash() throws {
        try empty(existingRoot().open(StoreLayout.trash))
    }

    private func empty(_ directory: Directory) throws {
        for entry in try directory.list() {
            do throws(SystemError) {
                try directory.removeTree(entry)
            } catch {
                // Another process may be emptying it as well: nobody holds the lock while the trash goes.
                guard error.isNotFound else { throw error }
            }
        }
    }
}
