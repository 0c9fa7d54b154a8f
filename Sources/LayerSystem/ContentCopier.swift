internal import CLinux
internal import Glibc

/// Copies the content of many files: shares blocks where the file system can, else copies the data and leaves holes as holes.
///
/// Used by one thread at a time; nothing is allocated for a file.
@safe
package struct ContentCopier: ~Copyable {
    /// Up to here content is read and written, one call each, rather than moved through a pipe by `copy_file_range`.
    private static let bufferByteCount = 128 << 10
    private static let blockByteCount = 4096

    private let buffer: UnsafeMutableRawBufferPointer
    private let cloning: CloneSupport

    /// Prepares to copy.
    ///
    /// - Parameter cloning: What is known of the two places.
    package init(_ cloning: CloneSupport) {
        self.cloning = cloning
        unsafe buffer = .allocate(byteCount: Self.bufferByteCount, alignment: 4096)
    }

    deinit {
        unsafe buffer.deallocate()
    }

    /// Copies the content of a file.
    ///
    /// - Parameters:
    ///   - source: A regular file, opened for reading.
    ///   - target: An empty file, opened for writing.
    ///   - byteCount: How long the source is; what it has beyond that may be copied as well.
    /// - Throws: `SystemError`; `endsEarlyCode` for a source that is shorter.
    package func copy(
        from source: FileDescriptor,
        to target: FileDescriptor,
        byteCount: Int64
    ) throws(SystemError) {
        if cloning.isWorthTrying, try clone(source, to: target) { return }
        // What fits into one block has no hole in it: most files of an image are that short.
        if byteCount <= Self.blockByteCount { return try copyData(source, target, 0..<byteCount) }
        var position = Self.seek(source, 0, cl_seek_hole) ?? byteCount
        if position >= byteCount { return try copyData(source, target, 0..<byteCount) }
        // The end of a file counts as a hole.
        guard try source.status().byteCount >= byteCount else {
            throw SystemError(call: "read", subject: source.path, code: SystemError.endsEarlyCode)
        }
        try copyData(source, target, 0..<position)
        while position < byteCount {
            let found = SystemCall.retrying { lseek(source.rawValue, off_t(position), cl_seek_data) }
            // Only a hole is left.
            guard found != -1, found < byteCount else { break }
            let end = min(Self.seek(source, Int64(found), cl_seek_hole) ?? byteCount, byteCount)
            try copyData(source, target, Int64(found)..<end)
            position = end
        }
        try target.setByteCount(byteCount)
    }

    /// Makes the target share all blocks of the source; gives false where that cannot be done.
    private func clone(_ source: FileDescriptor, to target: FileDescriptor) throws(SystemError) -> Bool {
        guard SystemCall.retrying({ cl_ficlone(target.rawValue, source.rawValue) }) == -1 else {
            cloning.noteSuccess()
            return true
        }
        let code = errno
        // EINVAL and EBADF are how file systems without such a thing answer, EPERM and ETXTBSY how some files do.
        guard [EOPNOTSUPP, ENOTTY, ENOSYS, EXDEV, EINVAL, EBADF, EPERM, EACCES, ETXTBSY].contains(code) else {
            throw SystemError(call: "FICLONE", subject: target.path, code: code)
        }
        cloning.noteFailure()
        return false
    }

    /// Where data or a hole begins; nil where the file system does not say.
    private static func seek(_ file: FileDescriptor, _ offset: Int64, _ whence: CInt) -> Int64? {
        let found = SystemCall.retrying { lseek(file.rawValue, off_t(offset), whence) }
        return found == -1 ? nil : Int64(found)
    }

    private func copyData(
        _ source: FileDescriptor,
        _ target: FileDescriptor,
        _ range: Range<Int64>
    ) throws(SystemError) {
        var position = range.lowerBound
        if range.count > Self.bufferByteCount {
            position = try copyInKernel(source, target, range)
        }
        while position < range.upperBound {
            let wanted = unsafe Int(min(Int64(buffer.count), range.upperBound - position))
            let piece = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
            let count = try unsafe source.read(into: piece, at: position)
            guard count > 0 else {
                throw SystemError(call: "read", subject: source.path, code: SystemError.endsEarlyCode)
            }
            try unsafe target.writeAll(UnsafeRawBufferPointer(rebasing: piece[..<count]), at: position)
            position += Int64(count)
        }
    }

    /// Copies as much as the kernel will; gives where it stopped.
    private func copyInKernel(
        _ source: FileDescriptor,
        _ target: FileDescriptor,
        _ range: Range<Int64>
    ) throws(SystemError) -> Int64 {
        var position = range.lowerBound
        while position < range.upperBound {
            let wanted = Int(min(range.upperBound - position, 1 << 30))
            let count = SystemCall.retrying {
                cl_copy_file_range(source.rawValue, position, target.rawValue, position, wanted)
            }
            if count == -1 {
                let code = errno
                // Between file systems of two kinds, and for files of /proc and /sys, the caller reads and writes.
                guard [EXDEV, EINVAL, ENOSYS, EOPNOTSUPP, EBADF, EPERM].contains(code) else {
                    throw SystemError(call: "copy_file_range", subject: target.path, code: code)
                }
                break
            }
            if count == 0 { break }
            position += Int64(count)
        }
        return position
    }
}
