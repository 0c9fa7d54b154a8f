internal import CLinux
internal import Glibc
internal import LayerModel

extension ChildProcess {
    /// How a program ended, and what it said.
    package struct Outcome: Hashable, Sendable {
        /// Its status; 128 and the signal's number when a signal ended it.
        package let status: Int32
        /// What it wrote to its standard output and its standard error, up to 64 KiB, without blanks at the end.
        package let text: String
    }

    /// Runs a program to its end, with nothing to read.
    ///
    /// - Parameters:
    ///   - path: The program's file.
    ///   - arguments: What it gets, without its own name.
    ///   - directory: Where it runs; nil for where this process is.
    /// - Returns: How it ended. A program that goes on in the background has ended as soon as it has closed its streams.
    /// - Throws: `SystemError` of the calls.
    package static func run(
        _ path: String,
        _ arguments: [[UInt8]],
        directory: Directory? = nil
    ) throws(SystemError) -> Outcome {
        let null = try File.openForReading(path: "/dev/null")
        let (reader, child) = try startPiped(path, arguments, directory: directory, input: null)
        var text: [UInt8] = []
        while true {
            let part = try reader.readPart(byteCount: 4096)
            if part.isEmpty { break }
            if text.count < 64 << 10 { text += part }
        }
        let status = try child.wait()
        while let last = text.last, last <= 0x20 { text.removeLast() }
        return Outcome(status: status, text: String(decoding: text, as: UTF8.self))
    }

    /// Starts a program that writes into a pipe, whose other end is left to the program alone.
    private static func startPiped(
        _ path: String,
        _ arguments: [[UInt8]],
        directory: Directory?,
        input: File
    ) throws(SystemError) -> (File, ChildProcess) {
        let (reader, writer) = try File.pipe()
        let streams: (File?, File?, File?) = (input, writer, writer)
        return (reader, try start(path, arguments, directory: directory, streams: streams))
    }
}

extension File {
    /// Makes a pipe.
    ///
    /// - Returns: The end that is read and the end that is written.
    /// - Throws: `SystemError` of `pipe`.
    package static func pipe() throws(SystemError) -> (reader: File, writer: File) {
        var ends: [CInt] = [-1, -1]
        try SystemCall.run("pipe", "") { unsafe cl_pipe(&ends) }
        return (File(owning: ends[0], label: "pipe", kind: .fifo), File(owning: ends[1], label: "pipe", kind: .fifo))
    }

    /// Reads once at the file's own offset, as from a pipe.
    ///
    /// - Parameter byteCount: The most bytes that are read.
    /// - Returns: What was there; nothing at the end.
    /// - Throws: `SystemError` of `read`.
    package func readPart(byteCount: Int) throws(SystemError) -> [UInt8] {
        try unsafe SystemBuffer.fill(byteCount: byteCount) { buffer throws(SystemError) in
            try unsafe read(into: UnsafeMutableRawBufferPointer(buffer))
        }
    }
}
