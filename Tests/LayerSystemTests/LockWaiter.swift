import Foundation
import LayerSystem

/// A thread that takes an exclusive lock, waiting as long as it must.
///
/// Sendable without the compiler's proof: the result is written before the semaphore is signalled, read after.
final class LockWaiter: @unchecked Sendable {
    private let done = DispatchSemaphore(value: 0)
    private var failure: (any Error)?

    init(_ directory: Directory) {
        Thread.detachNewThread { [self] in
            do {
                _ = try directory.lock(file: "lock", .exclusive)
            } catch {
                failure = error
            }
            done.signal()
        }
    }

    func wait() throws {
        done.wait()
        if let failure { throw failure }
    }
}
