internal import CLinux
internal import Glibc

extension File {
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
