internal import CLinux
internal import Glibc
internal import LayerModel

/// A process that this one has started and waits for.
package struct ChildProcess: Sendable {
    /// Its number.
    package let processID: Int32

    /// Goes on in a second process, which has the same memory and only the thread that calls.
    ///
    /// Where other threads run, they may hold a lock at this moment that nobody will ever release in the child: a process that has threads
    /// starts programs instead.
    ///
    /// - Parameter body: What the child does; it ends with the status that this gives, without any clean-up.
    /// - Returns: The child.
    /// - Throws: `SystemError` of `fork`.
    package static func fork(_ body: () -> Int32) throws(SystemError) -> ChildProcess {
        let child = try SystemCall.run("fork", "") { cl_fork() }
        if child == 0 { cl_exit_at_once(body()) }
        return ChildProcess(processID: child)
    }

    /// Starts a program.
    ///
    /// It gets no descriptors but its three streams, and no signal is ignored or blocked for it.
    ///
    /// - Parameters:
    ///   - path: The program's file.
    ///   - arguments: What it gets, without its own name.
    ///   - directory: Where it runs; nil for where this process is.
    ///   - streams: The three standard streams; nil for those of this process.
    /// - Returns: The child.
    /// - Throws: `SystemError` of `exec`, as the child met it.
    package static func start(
        _ path: String,
        _ arguments: [[UInt8]],
        directory: Directory? = nil,
        streams: (input: File?, output: File?, errors: File?) = (nil, nil, nil)
    ) throws(SystemError) -> ChildProcess {
        let place = directory?.descriptor.rawValue ?? -1
        let numbers = (
            streams.input?.descriptor.rawValue ?? -1, streams.output?.descriptor.rawValue ?? -1,
            streams.errors?.descriptor.rawValue ?? -1
        )
        let child = try SystemCall.run("exec", path.escaped) {
            unsafe path.withCPath { program in
                unsafe CStringList.withPointers([Array(path.utf8)] + arguments) { list in
                    var order = unsafe cl_program(path: program, arguments: list, directory: place, streams: numbers)
                    return unsafe cl_spawn(&order)
                }
            }
        }
        return ChildProcess(processID: child)
    }

    /// Waits until the process has ended; called once.
    ///
    /// - Returns: Its status; 128 and the signal's number when a signal ended it.
    /// - Throws: `SystemError` of `waitpid`.
    package func wait() throws(SystemError) -> Int32 {
        try SystemCall.run("waitpid", "") { cl_wait(processID) }
    }

    /// Waits as `wait()` does, and hands on the signals that others send to this process meanwhile.
    ///
    /// What a terminal sends goes to all processes of its group, the child among them.
    ///
    /// - Returns: As for `wait()`.
    /// - Throws: `SystemError` of `waitpid`.
    package func waitForwardingSignals() throws(SystemError) -> Int32 {
        try SystemCall.run("waitpid", "") { cl_wait_forwarding(processID) }
    }

    /// A child that another process of this one's children has left to it (`DetachedProcess`).
    ///
    /// - Parameter processID: Its number.
    /// - Returns: The child.
    package static func adopted(_ processID: Int32) -> ChildProcess { ChildProcess(processID: processID) }
}
