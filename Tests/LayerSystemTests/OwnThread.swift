import Foundation
import Glibc
import Testing

/// A thread whose credentials or namespaces a test changes, and which ends with the test.
enum OwnThread {
    /// Runs a body on a thread of its own and gives what it gives.
    static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
        let result = Box<Value>()
        let done = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            result.value = Result(catching: body)
            done.signal()
        }
        done.wait()
        guard let value = result.value else { throw CancellationError() }
        return try value.get()
    }

    /// Runs a body with the rights of an ordinary user on files.
    ///
    /// `setfsuid(2)` acts on the calling thread alone and takes the capabilities over files away.
    static func runAsOrdinaryUser<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
        try run {
            if geteuid() == 0 {
                try become("setfsgid")
                try become("setfsuid")
            }
            return try body()
        }
    }

    /// The user that `runAsOrdinaryUser` becomes when the tests run as root: nobody.
    static let ordinaryUserID: UInt32 = geteuid() == 0 ? 65534 : geteuid()

    /// Runs a body in a mount namespace of its own.
    static func runInMountNamespace<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
        try run {
            typealias Call = @convention(c) (CInt) -> CInt
            let unshare = unsafeBitCast(try #require(dlsym(nil, "unshare")), to: Call.self)
            let cloneNewNamespace: CInt = 0x0002_0000
            guard unshare(cloneNewNamespace) == 0 else { throw POSIXError(.EPERM) }
            let (recursive, isPrivate): (UInt, UInt) = (1 << 14, 1 << 18)
            guard mount(nil, "/", nil, recursive | isPrivate, nil) == 0 else { throw POSIXError(.EPERM) }
            return try body()
        }
    }

    private static func become(_ call: String) throws {
        typealias Call = @convention(c) (UInt32) -> CInt
        let function = unsafeBitCast(try #require(dlsym(nil, call)), to: Call.self)
        _ = function(65534)
        // The call reports no failure; asked for what cannot be, it tells what is.
        guard function(UInt32.max) == 65534 else { throw POSIXError(.EPERM) }
    }
}

/// Carries a result from one thread to another, which waits for it.
///
/// Sendable without the compiler's proof: written before the semaphore is signalled, read after.
private final class Box<Value: Sendable>: @unchecked Sendable {
    var value: Result<Value, any Error>?
}
