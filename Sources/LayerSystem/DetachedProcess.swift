internal import CLinux
internal import Glibc

/// A process that goes on when the one that started it has ended.
///
/// It belongs to init, has no terminal and none of its maker's descriptors: what is open in the maker must not be used in it. Children
/// whose parents end are its own, once it says so.
package enum DetachedProcess {
    /// Starts one.
    ///
    /// No other thread may run at that moment (`ChildProcess.fork`).
    ///
    /// - Parameters:
    ///   - name: What ps shows, up to 15 bytes.
    ///   - body: What it does; it gets a pipe to report to whoever starts it, and ends with the status that it gives.
    /// - Returns: What it reported until it closed the pipe, or ended.
    /// - Throws: `SystemError` of `fork`.
    package static func start(
        name: String,
        _ body: (_ report: FileDescriptor) -> Int32
    ) throws(SystemError) -> [UInt8] {
        let reader = try fork(name, body)
        var bytes: [UInt8] = []
        while true {
            let part = try reader.readPart(byteCount: 4096)
            if part.isEmpty { return bytes }
            bytes += part
        }
    }

    /// Makes children whose parents end this process' own.
    ///
    /// - Throws: `SystemError` of `prctl`.
    package static func adoptOrphans() throws(SystemError) {
        try SystemCall.run("prctl", "") { cl_become_subreaper() }
    }

    private static func fork(_ name: String, _ body: (FileDescriptor) -> Int32) throws(SystemError) -> File {
        let (reader, writer) = try File.pipe()
        // The other end is open until the fork, and from then on in the new process alone.
        let result = try withExtendedLifetime(writer) { () throws(SystemError) in
            let kept = writer.descriptor.rawValue
            return try SystemCall.run("fork", "") { cl_fork_keeper(kept) }
        }
        if result == 0 {
            _ = unsafe name.withCPath { unsafe cl_set_process_name($0) }
            cl_exit_at_once(body(FileDescriptor(rawValue: 3)))
        }
        return reader
    }
}
