/// Work that another thread does while this one goes on.
package final class BackgroundWork: Sendable {
    private let thread: WorkerThread?

    /// Starts the work.
    ///
    /// - Parameter body: What is done; not at all where the system has no thread to give, so that others must be able to do it.
    package init(_ body: @escaping @Sendable () -> Void) {
        thread = WorkerThread.start(body)
    }

    /// Waits until the work is done.
    deinit {
        thread?.join()
    }
}
