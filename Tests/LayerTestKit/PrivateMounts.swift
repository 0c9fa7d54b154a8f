import Foundation
import LayerDriver
import LayerSystem

/// A thread with a mount namespace of its own, which ends with the test.
package enum PrivateMounts {
    /// Runs a body on such a thread and gives what it gives.
    package static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
        let result = Box<Value>()
        let done = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            result.value = Result {
                try MountNamespace.enter()
                defer { endMounts() }
                return try body()
            }
            done.signal()
        }
        done.wait()
        guard let value = result.value else { throw CancellationError() }
        return try value.get()
    }

    /// Unmounts what the test left: with the thread it would go too, but at a time when its directories are being removed.
    private static func endMounts() {
        for place in (try? MountSearch().places) ?? [] where place.processID == nil {
            try? Mounter.unmount(place, isLazy: true)
        }
    }
}

/// Carries a result from one thread to another, which waits for it.
///
/// Sendable without the compiler's proof: written before the semaphore is signalled, read after.
private final class Box<Value: Sendable>: @unchecked Sendable {
    var value: Result<Value, any Error>?
}
