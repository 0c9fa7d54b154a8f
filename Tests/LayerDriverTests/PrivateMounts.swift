import Foundation
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerDriver

/// What tests need that mount.
enum MountNeed {
    /// The right to mount in the host's own user namespace, which root in a container may lack.
    static let mounting: ConditionTrait = .enabled(
        if: Host.mayMount && UserNamespace.isInitial,
        "needs CAP_SYS_ADMIN on the host"
    )

    /// The device of FUSE.
    static let fuse: ConditionTrait = .enabled(if: HostFile.isOpenable("/dev/fuse"), "needs /dev/fuse")

    /// That an ordinary user may make user namespaces and mount in them.
    static let userNamespaces: ConditionTrait = .enabled(
        if: (try? UserNamespace.probe()) != nil && Host.kernelVersion >= KernelVersion(5, 11),
        "needs user namespaces"
    )
}

/// A thread with a mount namespace of its own, which ends with the test.
enum PrivateMounts {
    /// Runs a body on such a thread and gives what it gives.
    static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
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
