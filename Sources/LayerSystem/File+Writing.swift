internal import Glibc
internal import LayerModel

extension File {
    /// Writes all bytes at the file's own offset: appends, when nothing moved it.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        do {
            try unsafe descriptor.writeAll(bytes)
        } catch {
            throw error.naming("write", label)
        }
    }

    /// Writes all bytes at the file's own offset: appends, when nothing moved it.
    package func write(_ bytes: [UInt8]) throws(SystemError) {
        try unsafe bytes.withUnsafeBufferPointer { buffer throws(SystemError) in
            try unsafe write(UnsafeRawBufferPointer(buffer))
        }
    }

    /// Writes all bytes at an offset.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - offset: Where in the file, in bytes.
    /// - Throws: `SystemError` of `write`.
    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(SystemError) {
        do {
            try unsafe descriptor.writeAll(bytes, at: offset)
        } catch {
            throw error.naming("write", label)
        }
    }

    /// Makes the file this long: a longer one is cut, a shorter one gets a hole at its end.
    package func setByteCount(_ byteCount: Int64) throws(SystemError) {
        try SystemCall.run("truncate", label) { ftruncate(descriptor.rawValue, off_t(byteCount)) }
    }

    /// Sets the 12 mode bits.
    package func setMode(_ mode: UInt16) throws(SystemError) {
        try SystemCall.run("chmod", label) { fchmod(descriptor.rawValue, mode_t(mode & 0o7777)) }
    }

    /// Returns when content and attributes have reached the device; at once where the directory that it was created in does not wait.
    ///
    /// After a failure the kernel has forgotten what it could not write: the file is lost, and trying again would succeed falsely.
    package func synchronize() throws(SystemError) {
        guard durability == .full else { return }
        try SystemCall.run("fsync", label) { fsync(descriptor.rawValue) }
    }
}
