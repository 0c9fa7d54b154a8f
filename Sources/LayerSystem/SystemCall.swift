internal import Glibc

/// The one place where the result of a system call is judged: EINTR is tried again, errno is read before anything else runs.
///
/// Every pointer that goes to the kernel below this module lives for the call only, which is the reason behind each `unsafe`
/// that gives none of its own.
enum SystemCall {
    /// Makes a call that gives -1 on failure.
    ///
    /// - Parameters:
    ///   - call: The call's name.
    ///   - subject: What it is made on, escaped; worked out on failure only.
    ///   - body: The call.
    /// - Returns: The call's result.
    /// - Throws: `SystemError` with the errno of the call.
    @discardableResult
    @inline(__always)
    static func run<Result: SignedInteger>(
        _ call: StaticString,
        _ subject: @autoclosure () -> String,
        _ body: () -> Result
    ) throws(SystemError) -> Result {
        while true {
            let result = body()
            if result != -1 { return result }
            let code = errno
            if code != EINTR { throw SystemError(call: call.description, subject: subject(), code: code) }
        }
    }

    /// Makes a call again as long as a signal interrupts it, and leaves its errno to the caller.
    @inline(__always)
    static func retrying<Result: SignedInteger>(_ body: () -> Result) -> Result {
        while true {
            let result = body()
            if result != -1 || errno != EINTR { return result }
        }
    }

    /// Fails as a call does that the kernel refuses.
    static func failing<Result: SignedInteger>(_ code: CInt) -> Result {
        errno = code
        return -1
    }
}
