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
    ///
    /// - Returns: What it is called in the trash; nil for one that is gone already.
    func discard(_ place: [String]) throws -> String? {
        let root = try existingRoot()
        guard let parent = try root.openIfPresent(Array(place.dropLast())) else { return nil }
        let trash = try root.openOrMakeDirectory(StoreLayout.trash)
        let name = try TemporaryName.make(prefix: "")
        do throws(SystemError) {
            try parent.rename(place[place.count - 1], to: trash, as: name, replacing: false)
        } catch {
            // What is gone already, a layer of a damaged store, is no reason to keep the rest.
            guard error.isNotFound else { throw error }
            return nil
        }
        try parent.synchronize()
        return name
    }

    /// Removes what was discarded.
    func emptyTrash(_ names: [String]) throws {
        let trash = try existingRoot().open(StoreLayout.trash)
        for name in names {
            do throws(SystemError) {
                try trash.removeTree(name)
            } catch {
                // Another process may be emptying it as well: nobody holds the lock while the trash goes.
                guard error.isNotFound else { throw error }
            }
        }
    }

    private func empty(_ directory: Directory) throws {
        for entry in try directory.list() {
            do throws(SystemError) {
                try directory.removeTree(entry)
            } catch {
                // What cannot go (an immutable file, another user's, a mount) was told to the one who discarded it, and keeps nobody else
                // from work; the next one tries again.
                let isStuck = error.isNotPermitted || error.isBusy || error.isCrossDevice
                guard error.isNotFound || isStuck else { throw error }
            }
        }
    }
}
