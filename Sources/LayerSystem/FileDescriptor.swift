internal import CLinux
internal import Glibc
package import LayerModel

/// A raw descriptor of a file, for loops that run once an entry: nothing here allocates, and nobody closes it but `close()`.
///
/// Errors carry the path under which the system knows the file.
package struct FileDescriptor: Hashable, Sendable {
    /// The descriptor's number.
    package let rawValue: Int32

    /// Wraps a descriptor that somebody else owns.
    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// The path of the file, escaped, for errors; empty where the system does not say it.
    var path: String {
        let link = "/proc/self/fd/\(rawValue)"
        // reason: without /proc the call and its error number stand alone
        let path = try? unsafe SystemBuffer.fill(byteCount: 4096) { buffer throws(SystemError) in
            try SystemCall.run("readlink", link) {
                unsafe link.withCPath { unsafe cl_readlinkat(AT_FDCWD, $0, buffer.baseAddress, buffer.count) }
            }
        }
        return path.map { EscapedText.name($0) } ?? ""
    }

    /// Writes all bytes at the descriptor's own offset.
    package func writeAll(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        var rest = unsafe bytes
        while rest.count > 0 {
            let count = try SystemCall.run("write", path) { unsafe write(rawValue, rest.baseAddress, rest.count) }
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Writes all bytes at the descriptor's own offset.
    package func writeAll(_ bytes: [UInt8]) throws(SystemError) {
        try unsafe bytes.withUnsafeBufferPointer { buffer throws(SystemError) in
            try unsafe writeAll(UnsafeRawBufferPointer(buffer))
        }
    }

    /// Writes all bytes at an offset.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - offset: Where in the file, in bytes.
    /// - Throws: `SystemError` of `pwrite`.
    package func writeAll(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(SystemError) {
        var rest = unsafe bytes
        var position = offset
        while rest.count > 0 {
            let count = try SystemCall.run("pwrite", path) {
                unsafe pwrite(rawValue, rest.baseAddress, rest.count, off_t(position))
            }
            position += Int64(count)
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Reads until the buffer is full or the file ends.
    ///
    /// - Parameters:
    ///   - buffer: Where the bytes go.
    ///   - offset: Where in the file, in bytes.
    /// - Returns: How many bytes were read; fewer than asked only at the end of the file.
    /// - Throws: `SystemError` of `pread`.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(SystemError) -> Int {
        var done = 0
        while done < buffer.count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let position = offset + Int64(done)
            let count = try SystemCall.run("pread", path) {
                unsafe pread(rawValue, rest.baseAddress, rest.count, off_t(position))
            }
            if count == 0 { break }
            done += count
        }
        return done
    }

    /// Reads once at the descriptor's own offset; 0 at the end.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        try SystemCall.run("read", path) { unsafe Glibc.read(rawValue, buffer.baseAddress, buffer.count) }
    }

    /// Makes the file this long: a longer one is cut, a shorter one gets a hole at its end.
    package func setByteCount(_ byteCount: Int64) throws(SystemError) {
        try SystemCall.run("ftruncate", path) { ftruncate(rawValue, off_t(byteCount)) }
    }

    /// Sets owner and group; a change clears setuid, setgid and capabilities.
    package func setOwner(uid: UInt32, gid: UInt32) throws(SystemError) {
        try SystemCall.run("fchown", path) { fchown(rawValue, uid, gid) }
    }

    /// Sets the 12 mode bits.
    package func setMode(_ mode: UInt16) throws(SystemError) {
        try SystemCall.run("fchmod", path) { fchmod(rawValue, mode_t(mode & 0o7777)) }
    }

    /// Sets both times of the file.
    package func setTimes(_ time: Timestamp) throws(SystemError) {
        try SystemCall.run("futimens", path) { cl_futimens(rawValue, time.seconds, time.nanoseconds) }
    }

    /// Sets an extended attribute.
    ///
    /// - Parameters:
    ///   - name: The full name, NUL at its end.
    ///   - value: The value.
    /// - Throws: `SystemError` of `fsetxattr`.
    package func setExtendedAttribute(
        _ name: UnsafePointer<CChar>,
        value: UnsafeRawBufferPointer
    ) throws(SystemError) {
        try SystemCall.run("fsetxattr", unsafe String(cString: name)) {
            unsafe cl_fsetxattr(rawValue, name, value.baseAddress, value.count)
        }
    }

    /// What the file system knows of the file.
    package func status() throws(SystemError) -> FileStatus {
        var status = cl_status()
        try SystemCall.run("fstat", path) { unsafe cl_fstat(rawValue, &status) }
        return FileStatus(status)
    }

    /// Closes the descriptor, and reports what a write that was put off met.
    ///
    /// The number is free again whatever the outcome, so EINTR is no reason to close it twice.
    ///
    /// Source: `man 2 close`.
    package func close() throws(SystemError) {
        guard Glibc.close(rawValue) == -1 else { return }
        let code = errno
        if code != EINTR { throw SystemError(call: "close", subject: path, code: code) }
    }
}
