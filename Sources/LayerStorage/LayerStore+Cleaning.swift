import LayerModel
import LayerSystem

extension LayerStore {
    /// How often a tree is tried to be removed that others remove at the same time.
    private static let attempts = 3

    /// Removes what dead processes left unfinished, if nobody is at work now.
    func clean() throws {
        let root = try existingRoot()
        guard let lock = try root.tryLock(file: StoreLayout.lockName, .exclusive) else { return }
        let staging = try root.open(StoreLayout.staging)
        for name in try staging.list() {
            do {
                _ = try moveToTrash(name, of: staging)
            } catch let error as SystemError where error.isStuck {
                // It keeps nobody else from work; `gc` says what it is.
            }
        }
        let names = try root.open(StoreLayout.trash).list()
        // What lies in the trash is nobody's, whoever else works by then.
        withExtendedLifetime(lock) {}
        for name in names {
            do {
                try emptyTrash([name])
            } catch let error as SystemError where error.isStuck {
                // It was told to the one who discarded it; the next one tries again.
            }
        }
    }

    /// Moves an object out of its place for good; `emptyTrash` removes it.
    ///
    /// - Returns: What it is called in the trash; nil for one that is gone already.
    func discard(_ place: [String]) throws -> [UInt8]? {
        // What is gone already, a layer of a damaged store, is no reason to keep the rest.
        guard let parent = try existingRoot().openIfPresent(Array(place.dropLast())),
            let name = try moveToTrash(Array(place[place.count - 1].utf8), of: parent)
        else { return nil }
        try parent.synchronize()
        return name
    }

    /// Moves an image, and then what nobody needs without it, into the trash.
    ///
    /// - Returns: What all of it is called there.
    func discard(_ image: ImageID, _ unneeded: StoreMark.Unneeded) throws -> [[UInt8]] {
        // Whatever a power cut takes back: an image never stands without its layers.
        var places = [StoreLayout.image(image)]
        places += unneeded.keys.map(StoreLayout.layer) + unneeded.blobs.map(StoreLayout.blob)
        return try places.compactMap(discard)
    }

    /// Moves a name into the trash.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - parent: Where it lies, on the store's file system.
    /// - Returns: What it is called in the trash; nil for one that is gone already.
    /// - Throws: `SystemError`.
    func moveToTrash(_ name: [UInt8], of parent: Directory) throws -> [UInt8]? {
        let trash = try existingRoot().openOrMakeDirectory(StoreLayout.trash)
        let newName = try TemporaryName.make(prefix: "")
        do throws(SystemError) {
            do throws(SystemError) {
                try parent.rename(name, to: trash, as: newName, replacing: false)
            } catch {
                // To be moved, a directory needs bits that a damaged one may have lost.
                guard error.isNotPermitted else { throw error }
                try parent.setMode(name, 0o700)
                try parent.rename(name, to: trash, as: newName, replacing: false)
            }
        } catch {
            guard error.isNotFound else { throw error }
            return nil
        }
        return Array(newName.utf8)
    }

    /// Removes what was discarded.
    func emptyTrash(_ names: [[UInt8]]) throws {
        guard !names.isEmpty else { return }
        let trash = try existingRoot().open(StoreLayout.trash)
        for name in names {
            for attempt in 1...Self.attempts {
                do throws(SystemError) {
                    try trash.removeTree(name)
                    break
                } catch {
                    // Another process may be emptying it as well: nobody holds the lock while the trash goes.
                    if error.isNotFound { break }
                    guard error.isAlreadyThere, attempt < Self.attempts else { throw error }
                }
            }
        }
    }
}

extension SystemError {
    /// Whether something cannot be moved or removed now: an immutable file, another user's, a mount.
    var isStuck: Bool { isNotPermitted || isBusy || isCrossDevice }
}
