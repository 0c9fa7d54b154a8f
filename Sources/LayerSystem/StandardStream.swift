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

    /// Makes the streams fit for use; called once, at the start of the program, before any thread.
    ///
    /// A write to a pipe that nobody reads then fails with `isBrokenPipe` and does not end the process. A stream that the caller has
    /// closed becomes /dev/null: otherwise the next file opened would get its number, and messages would be written into it.
    package static func prepare() {
        _ = cl_ignore_broken_pipe()
        _ = cl_open_closed_streams()
    }
}
