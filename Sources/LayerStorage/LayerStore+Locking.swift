package import LayerSystem

extension LayerStore {
    /// How long one waits before saying so: so many pauses of so many milliseconds.
    private static let quietPauses = (count: 50, milliseconds: 20)

    /// Waits until nobody adds to the store, and keeps others from it.
    ///
    /// - Parameter willWait: Called once when somebody else has been at work for a second.
    /// - Returns: The lock; nil for a store that nobody can lock, since it has no lock and cannot be written.
    /// - Throws: `SystemError`, what `willWait` throws.
    func lockToDelete(_ willWait: () throws -> Void = {}) throws -> FileLock? {
        let root = try existingRoot()
        do {
            for _ in 0..<Self.quietPauses.count {
                if let lock = try root.tryLock(file: StoreLayout.lockName, .exclusive) { return lock }
                Host.pause(milliseconds: Self.quietPauses.milliseconds)
            }
            try willWait()
            return try root.lock(file: StoreLayout.lockName, .exclusive)
        } catch let error as SystemError where error.isNotFound {
            return nil
        }
    }

    /// Keeps others from deleting while something is made in the store that no record names yet: a mount point, a trial.
    ///
    /// - Returns: The lock; nil for a store that is not there or cannot be written: nobody deletes from it either.
    /// - Throws: `SystemError`.
    package func lockForUse() throws(SystemError) -> FileLock? {
        do throws(SystemError) {
            return try root?.lock(file: StoreLayout.lockName, .shared)
        } catch {
            guard error.isReadOnly || error.isNotPermitted || error.isNotFound else { throw error }
            return nil
        }
    }
}
