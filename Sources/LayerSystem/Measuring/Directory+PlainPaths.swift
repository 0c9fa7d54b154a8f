internal import Glibc

/// Calls on paths of several components below a directory, one call each as programs make them: to measure them.
///
/// They are for trees in which nobody else writes, and for paths that were found there: a link above the last component would be followed.
extension Directory {
    /// Appends to a file.
    ///
    /// - Parameters:
    ///   - bytes: What goes to its end, in one write.
    ///   - path: A path below this directory.
    /// - Throws: `SystemError` of `open`, `write` or `close`.
    package func append(_ bytes: [UInt8], toFileAt path: [UInt8]) throws(SystemError) {
        let file = try openPlain(path, O_WRONLY | O_APPEND)
        do throws(SystemError) {
            try file.writeAll(bytes)
        } catch {
            Glibc.close(file.rawValue)
            throw error.naming("write", subject(path))
        }
        try file.close()
    }

    /// Creates a file, or writes on at the end of the one that is there.
    ///
    /// - Parameters:
    ///   - path: A path below this directory.
    ///   - pieces: How often the bytes are written, one write each.
    ///   - bytes: The bytes.
    /// - Throws: `SystemError` of `open`, `write` or `close`.
    package func createFile(
        at path: [UInt8],
        pieces: Int,
        of bytes: [UInt8]
    ) throws(SystemError) {
        let file = try openPlain(path, O_WRONLY | O_CREAT | O_APPEND)
        do throws(SystemError) {
            for _ in 0..<pieces { try file.writeAll(bytes) }
        } catch {
            Glibc.close(file.rawValue)
            throw error.naming("write", subject(path))
        }
        try file.close()
    }

    /// Removes a file's name.
    ///
    /// - Parameter path: A path below this directory.
    /// - Throws: `SystemError` of `unlink`.
    package func removeFile(at path: [UInt8]) throws(SystemError) {
        let parent = descriptor.rawValue
        try SystemCall.run("unlink", subject(path)) { unsafe path.withCPath { unsafe unlinkat(parent, $0, 0) } }
    }

    /// Reads pieces of a file.
    ///
    /// - Parameters:
    ///   - path: A path below this directory.
    ///   - offsets: Where each piece begins, in bytes.
    ///   - byteCount: How long each is, in bytes.
    /// - Throws: `SystemError` of `open` or `pread`.
    package func readFile(at path: [UInt8], offsets: [Int64], byteCount: Int) throws(SystemError) {
        let file = File(owning: try openPlain(path, O_RDONLY).rawValue, label: subject(path))
        var buffer = [UInt8](repeating: 0, count: byteCount)
        try unsafe buffer.withUnsafeMutableBufferPointer { buffer throws(SystemError) in
            let target = UnsafeMutableRawBufferPointer(buffer)
            for offset in offsets { _ = try unsafe file.read(into: target, at: offset) }
        }
    }

    private func openPlain(_ path: [UInt8], _ flags: CInt) throws(SystemError) -> FileDescriptor {
        let parent = descriptor.rawValue
        return FileDescriptor(
            rawValue: try SystemCall.run("open", subject(path)) {
                unsafe path.withCPath { unsafe openat(parent, $0, flags | O_NOFOLLOW | O_CLOEXEC, 0o644) }
            }
        )
    }
}
