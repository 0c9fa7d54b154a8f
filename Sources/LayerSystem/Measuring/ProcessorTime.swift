internal import CLinux

/// Processor time that a process has used, of all its threads.
///
/// Source: `man 2 getrusage`, which counts in microseconds at best.
package struct ProcessorTime: Hashable, Sendable {
    /// In its own program, in nanoseconds.
    package let userNanoseconds: Int64
    /// In the kernel for it, in nanoseconds.
    package let systemNanoseconds: Int64

    /// What this process has used so far.
    package static func ofThisProcess() -> ProcessorTime {
        var (user, system): (Int64, Int64) = (0, 0)
        unsafe cl_processor_time(&user, &system)
        return ProcessorTime(userNanoseconds: user * 1000, systemNanoseconds: system * 1000)
    }
}
