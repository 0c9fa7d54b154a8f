internal import Glibc

/// A lock, with a signal that what it guards has changed.
///
/// Sendable because the two objects of the system that it owns are made for several threads.
@safe
final class Monitor: @unchecked Sendable {  // reason: made for several threads, see above
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(changed, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(changed)
        unsafe pthread_mutex_destroy(mutex)
        unsafe changed.deallocate()
        unsafe mutex.deallocate()
    }

    /// Runs a closure while nobody else has the lock.
    func locked<R>(_ body: () -> R) -> R {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return body()
    }

    /// Gives the lock away until there is a signal; only to be called with the lock.
    func wait() { unsafe pthread_cond_wait(changed, mutex) }

    /// Says to all who wait that something has changed.
    func signal() { unsafe pthread_cond_broadcast(changed) }
}
