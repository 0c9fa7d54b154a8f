internal import Glibc

/// A lock that is held as long as this object is referred to, and that dies with the process.
///
/// It is a lock of `flock(2)` on an open file description of its own: two locks of one process exclude each other as those of two
/// processes do.
package final class FileLock: Sendable {
    private let descriptor: CInt
    /// The process that has it: one that was forked has the same lock, and must not give it back.
    private let owner = getpid()

    init(owning descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        // Said, and not left to `close`: a process that another thread is just starting has copies of all descriptors until it is another program.
        if getpid() == owner { _ = flock(descriptor, LOCK_UN) }
        close(descriptor)
    }

    /// Locks what a descriptor shows.
    ///
    /// - Parameters:
    ///   - descriptor: A descriptor of its own open file description; closed when this throws or gives nil.
    ///   - mode: How the lock is held.
    ///   - waits: Whether to wait until it can be had.
    ///   - label: What messages call the thing.
    /// - Returns: The lock, or nil when another holds it and `waits` is false.
    /// - Throws: `SystemError` of `flock`.
    static func acquire(
        _ descriptor: CInt,
        _ mode: LockMode,
        waits: Bool,
        label: String
    ) throws(SystemError) -> FileLock? {
        let lock = FileLock(owning: descriptor)
        let operation = (mode == .shared ? LOCK_SH : LOCK_EX) | (waits ? 0 : LOCK_NB)
        do {
            try SystemCall.run("flock", label) { flock(descriptor, operation) }
        } catch  where error.code == EWOULDBLOCK && !waits {
            return nil
        }
        return lock
    }
}
