internal import Glibc

extension File {
    /// Takes over the whole content of another file: shares its blocks where the file system can, else copies inside the kernel.
    ///
    /// Holes stay holes.
    ///
    /// - Parameter source: A regular file; what it grows by meanwhile is left out.
    /// - Returns: The length, in bytes.
    /// - Throws: `SystemError`.
    @discardableResult
    package func copyContent(of source: File) throws(SystemError) -> Int64 {
        do throws(SystemError) {
            try clone(source)
            return try byteCount()
        } catch {
            // EINVAL and EBADF are how file systems without such a thing answer, EPERM and ETXTBSY how some files do.
            guard
                error.isNotSupported || error.isCrossDevice || error.isNotPermitted
                    || [EINVAL, EBADF, ETXTBSY].contains(error.code)
            else { throw error }
        }
        let end = try source.byteCount()
        var offset: Int64 = 0
        while let start = try source.nextDataOrStart(from: offset), start < end {
            offset = min(try source.nextHoleOrEnd(from: start, end), end)
            try copyRange(of: source, from: start, to: offset)
        }
        try setByteCount(end)
        return end
    }

    private func copyRange(of source: File, from start: Int64, to end: Int64) throws(SystemError) {
        var position = start
        do throws(SystemError) {
            position += try copy(from: source, at: start, to: start, byteCount: end - start)
        } catch {
            guard error.isNotSupported || error.isCrossDevice || [EINVAL, EBADF, EPERM].contains(error.code) else {
                throw error
            }
        }
        // What the kernel would not copy, as between file systems of two kinds, and files of /proc and /sys.
        guard position < end else { return }
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Int(min(256 << 10, end - position)),
            alignment: 16
        )
        defer { unsafe buffer.deallocate() }
        while position < end {
            let wanted = Int(min(Int64(buffer.count), end - position))
            let target = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
            let count = try unsafe source.read(into: target, at: position)
            if count == 0 { break }
            try unsafe write(UnsafeRawBufferPointer(rebasing: target[..<count]), at: position)
            position += Int64(count)
        }
    }

    /// A file system that knows no holes has data everywhere.
    private func nextDataOrStart(from offset: Int64) throws(SystemError) -> Int64? {
        do throws(SystemError) {
            return try nextData(from: offset)
        } catch {
            guard error.isNotSupported || error.code == EINVAL else { throw error }
            return offset
        }
    }

    private func nextHoleOrEnd(from offset: Int64, _ end: Int64) throws(SystemError) -> Int64 {
        do throws(SystemError) {
            return try nextHole(from: offset)
        } catch {
            guard error.isNotSupported || error.code == EINVAL else { throw error }
            return end
        }
    }
}
