internal import CLinux
internal import Glibc

extension File {
    /// Makes a file without a name, for reading and writing, which goes when it is closed.
    ///
    /// - Parameter directory: Where its blocks are taken from.
    /// - Returns: The empty file.
    /// - Throws: `SystemError` of `open`.
    package static func temporary(in directory: Directory) throws(SystemError) -> File {
        let label = "\(directory.label)/(temporary file)"
        let flags = O_RDWR | O_CLOEXEC | cl_o_tmpfile
        let parent = directory.descriptor.rawValue
        let unnamed = SystemCall.retrying { unsafe openat(parent, ".", flags, 0o600) }
        if unnamed != -1 { return File(owning: unnamed, label: label) }
        // A file system that cannot do it says so in one of these ways. Source: man 2 open, O_TMPFILE.
        guard [EOPNOTSUPP, EISDIR, ENOENT, EINVAL].contains(errno) else {
            throw SystemError(call: "open", subject: label, code: errno)
        }
        return try namedTemporary(in: directory, label: label)
    }

    /// Makes a file under a name that nobody can guess, and takes the name away again.
    static func namedTemporary(in directory: Directory, label: String) throws(SystemError) -> File {
        let name = try TemporaryName.make()
        let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let parent = directory.descriptor.rawValue
        let descriptor = try SystemCall.run("create", label) {
            unsafe name.withCName { unsafe openat(parent, $0, flags, 0o600) }
        }
        let file = File(owning: descriptor, label: label)
        try directory.unlink(name)
        return file
    }
}
