internal import CLinux
internal import Glibc

extension Directory {
    /// A short path that leads to this directory as long as it is open, in this process only, whatever characters its own path has.
    package var descriptorPath: String { "/proc/self/fd/\(descriptor.rawValue)" }

    /// The path of this directory now, without links, as the mount table writes it.
    ///
    /// - Returns: An absolute path; for a directory that was removed, one that ends in ` (deleted)`.
    /// - Throws: `SystemError` of `readlink`.
    package func hostPath() throws(SystemError) -> [UInt8] {
        let link = descriptorPath
        // A path of /proc can be as long as a page.
        return try unsafe SystemBuffer.fill(byteCount: 4096) { buffer throws(SystemError) in
            try SystemCall.run("readlink", label) {
                unsafe link.withCPath { unsafe cl_readlinkat(AT_FDCWD, $0, buffer.baseAddress, buffer.count) }
            }
        }
    }
}
