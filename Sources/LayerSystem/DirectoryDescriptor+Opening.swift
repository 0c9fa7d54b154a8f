internal import CLinux
internal import Glibc

extension DirectoryDescriptor {
    /// Opens a file for reading that is known to be a regular one, and leaves no trace of that in its times where that is allowed.
    ///
    /// Meant for the store's own trees: what else might stand there is opened, but never waited for.
    ///
    /// - Parameter name: One component; a symbolic link is refused.
    /// - Returns: The file's descriptor, which the caller closes.
    /// - Throws: `SystemError` of `open`.
    package func openStoredFile(_ name: UnsafePointer<CChar>) throws(SystemError) -> FileDescriptor {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let quiet = SystemCall.retrying { unsafe openat(rawValue, name, flags | cl_o_noatime) }
        if quiet != -1 { return FileDescriptor(rawValue: quiet) }
        // Only its owner may read a file without a trace. Source: man 2 open, O_NOATIME.
        return FileDescriptor(
            rawValue: try SystemCall.run("open", unsafe Self.text(name)) { unsafe openat(rawValue, name, flags) }
        )
    }
}
