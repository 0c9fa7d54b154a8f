internal import Glibc

extension Directory {
    /// Locks this directory, and waits until it can be had.
    ///
    /// - Parameter mode: How the lock is held.
    /// - Returns: The lock, held until the object goes.
    /// - Throws: `SystemError` of `flock`.
    package func lock(_ mode: LockMode) throws(SystemError) -> FileLock {
        guard let lock = try FileLock.acquire(reopen(), mode, waits: true, label: label) else {
            throw SystemError(call: "flock", subject: label, code: EWOULDBLOCK)
        }
        return lock
    }

    /// Locks this directory, or gives nil when another holds it.
    ///
    /// - Parameter mode: How the lock is held.
    /// - Returns: The lock, held until the object goes.
    /// - Throws: `SystemError` of `flock`.
    package func tryLock(_ mode: LockMode) throws(SystemError) -> FileLock? {
        try FileLock.acquire(reopen(), mode, waits: false, label: label)
    }

    /// Locks a lock file in this directory, which is made when it is not there, and waits until it can be had.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - mode: How the lock is held.
    /// - Returns: The lock, held until the object goes; the file stays.
    /// - Throws: `SystemError` of `open` or `flock`.
    package func lock(file name: some PathBytes, _ mode: LockMode) throws(SystemError) -> FileLock {
        guard let lock = try FileLock.acquire(openLockFile(name), mode, waits: true, label: subject(name)) else {
            throw SystemError(call: "flock", subject: subject(name), code: EWOULDBLOCK)
        }
        return lock
    }

    /// Locks a lock file in this directory, which is made when it is not there, or gives nil when another holds it.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - mode: How the lock is held.
    /// - Returns: The lock, held until the object goes; the file stays.
    /// - Throws: `SystemError` of `open` or `flock`.
    package func tryLock(file name: some PathBytes, _ mode: LockMode) throws(SystemError) -> FileLock? {
        try FileLock.acquire(openLockFile(name), mode, waits: false, label: subject(name))
    }

    /// Opens this directory once more: an open file description of its own, with its own lock and its own place in the listing.
    func reopen() throws(SystemError) -> CInt {
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
        return try SystemCall.run("open", label) { unsafe openat(descriptor.rawValue, ".", flags) }
    }

    /// Opens a lock file for writing, which an exclusive lock needs on NFS, or for reading where the store is read-only.
    private func openLockFile(_ name: some PathBytes) throws(SystemError) -> CInt {
        let flags = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        do {
            return try unsafe call("open", name) { unsafe openat($0, $1, flags | O_RDWR | O_CREAT, 0o600) }
        } catch  where error.isReadOnly || error.isNotPermitted {
            return try unsafe call("open", name) { unsafe openat($0, $1, flags | O_RDONLY) }
        }
    }
}
