internal import Glibc

/// A thread of the operating system, which runs one closure.
struct WorkerThread {
    /// Enough for what decoders put on a stack, which is under 256 KiB (zstd, libarchive), with room.
    ///
    /// It is the same whatever `ulimit -s` says, which glibc would take otherwise. Only what is touched costs memory.
    private static let stackByteCount = 2 << 20

    private let handle: pthread_t

    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Starts a thread.
    ///
    /// - Parameter body: What it runs.
    /// - Returns: The thread, which must be joined, or nil when the system has none to give.
    static func start(_ body: @escaping @Sendable () -> Void) -> WorkerThread? {
        var attributes = pthread_attr_t()
        guard unsafe pthread_attr_init(&attributes) == 0 else { return nil }
        defer { unsafe pthread_attr_destroy(&attributes) }
        guard unsafe pthread_attr_setstacksize(&attributes, stackByteCount) == 0 else { return nil }
        // The thread owns what is retained here, and releases it first of all.
        let work = unsafe Unmanaged.passRetained(Work(body))
        var handle = pthread_t()
        let code = unsafe pthread_create(
            &handle,
            &attributes,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
                return nil
            },
            work.toOpaque()
        )
        guard code == 0 else {
            unsafe work.release()
            return nil
        }
        return WorkerThread(handle: handle)
    }

    /// Waits until the thread has ended.
    func join() {
        pthread_join(handle, nil)
    }
}
