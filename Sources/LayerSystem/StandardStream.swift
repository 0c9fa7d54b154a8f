internal import CLinux

/// The three streams that a program is given.
package enum StandardStream {
    /// Results; collected, and written when the program flushes.
    package static let output = BufferedWriter(
        FileDescriptor(rawValue: 1),
        label: "standard output",
        bufferByteCount: 64 << 10
    )
    /// Everything else; written at once.
    package static let error = BufferedWriter(FileDescriptor(rawValue: 2), label: "standard error", bufferByteCount: 0)

    /// What is piped in, as a file of whatever kind it is, with a descriptor of its own.
    ///
    /// - Returns: The file.
    /// - Throws: `SystemError` when the stream is closed.
    package static func input() throws(SystemError) -> File {
        try File.duplicating(FileDescriptor(rawValue: 0), label: "standard input")
    }

    /// Makes a write to a pipe that nobody reads fail with `isBrokenPipe`, not end the process; called once, before any thread.
    package static func reportBrokenPipes() {
        _ = cl_ignore_broken_pipe()
    }
}
