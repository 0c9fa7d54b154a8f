internal import CLinux
internal import Glibc

extension FileDescriptor {
    /// Makes this file share all blocks of another, which costs no space until either is written.
    ///
    /// - Parameter source: The other file, on the same file system.
    /// - Throws: `SystemError` of FICLONE.
    package func clone(_ source: File) throws(SystemError) {
        try SystemCall.run("FICLONE", "") { cl_ficlone(rawValue, source.descriptor.rawValue) }
    }
}

extension File {
    /// Makes this file share all blocks of another, which costs no space until either is written.
    ///
    /// - Parameter source: The other file, on the same file system.
    /// - Throws: `SystemError`; `isNotSupported`, `isCrossDevice` or EINVAL where it cannot be done.
    package func clone(_ source: File) throws(SystemError) {
        try SystemCall.run("FICLONE", label) { cl_ficlone(descriptor.rawValue, source.descriptor.rawValue) }
    }

    /// Copies a range inside the kernel.
    ///
    /// - Parameters:
    ///   - source: The file that is read.
    ///   - sourceOffset: Where in it, in bytes.
    ///   - offset: Where in this file, in bytes.
    ///   - byteCount: How many bytes.
    /// - Returns: How many were copied: fewer when the source ends.
    /// - Throws: `SystemError` of `copy_file_range`.
    package func copy(
        from source: File,
        at sourceOffset: Int64,
        to offset: Int64,
        byteCount: Int64
    ) throws(SystemError) -> Int64 {
        var done: Int64 = 0
        while done < byteCount {
            // A request of the whole range may run into an old kernel's limit of 2 GiB a call.
            let length = Int(min(byteCount - done, 1 << 30))
            let (from, to) = (sourceOffset + done, offset + done)
            let count = try SystemCall.run("copy_file_range", label) {
                cl_copy_file_range(source.descriptor.rawValue, from, descriptor.rawValue, to, length)
            }
            if count == 0 { break }
            done += count
        }
        return done
    }

    /// The next place with data at or after an offset, or nil when only a hole follows.
    package func nextData(from offset: Int64) throws(SystemError) -> Int64? {
        let found = SystemCall.retrying { lseek(descriptor.rawValue, off_t(offset), cl_seek_data) }
        if found != -1 { return Int64(found) }
        if errno == ENXIO { return nil }
        throw SystemError(call: "lseek", subject: label, code: errno)
    }

    /// The next hole at or after an offset that lies in the file; the end of the file counts as one.
    package func nextHole(from offset: Int64) throws(SystemError) -> Int64 {
        Int64(try SystemCall.run("lseek", label) { lseek(descriptor.rawValue, off_t(offset), cl_seek_hole) })
    }
}
