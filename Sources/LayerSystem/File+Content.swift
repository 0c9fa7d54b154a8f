internal import CLinux

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
    /// Takes over the whole content of another file: shares its blocks where the file system can, else copies its data and leaves holes as
    /// holes.
    ///
    /// For files that come one by one; many from one place to another are a `ContentCopier`'s.
    ///
    /// - Parameter source: A regular file; what it grows by meanwhile may be left out.
    /// - Throws: `SystemError`; `endsEarlyCode` for a source that became shorter.
    package func copyContent(of source: File) throws(SystemError) {
        let copier = ContentCopier(CloneSupport())
        try copier.copy(from: source.descriptor, to: descriptor, byteCount: source.byteCount())
    }
}
