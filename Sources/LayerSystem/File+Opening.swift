internal import CLinux
internal import Glibc
internal import LayerModel

extension File {
    /// Opens a file, a pipe or a device of the host that a user named.
    ///
    /// The call itself never waits, whatever lies there; links are followed. The descriptor that comes back does wait: what reads a
    /// FIFO waits for its writer (`StreamSource` does so too).
    ///
    /// - Parameter path: A path of the host.
    /// - Returns: The file, which may be of any kind but a directory.
    /// - Throws: `SystemError` of `open`.
    package static func openForReading(path: some PathBytes) throws(SystemError) -> File {
        let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let descriptor = try SystemCall.run("open", path.escaped) { unsafe path.withCPath { unsafe open($0, flags) } }
        let file = try adopt(descriptor, label: path.escaped)
        // Clears O_NONBLOCK, the only one of the flags that can be set afterwards.
        try SystemCall.run("fcntl", file.label) { fcntl(descriptor, F_SETFL, 0) }
        return file
    }

    /// Makes a file of a descriptor that stays open for its owner.
    ///
    /// - Parameters:
    ///   - descriptor: The descriptor; both share its offset.
    ///   - label: What messages call the file.
    /// - Returns: The file, with a descriptor of its own.
    /// - Throws: `SystemError` when the descriptor is not open, or a directory.
    package static func duplicating(_ descriptor: FileDescriptor, label: String) throws(SystemError) -> File {
        try adopt(SystemCall.run("dup", label) { fcntl(descriptor.rawValue, F_DUPFD_CLOEXEC, 3) }, label: label)
    }

    /// Opens again what a descriptor with O_PATH shows, if it is a regular file: a device or a FIFO is never opened.
    ///
    /// - Parameters:
    ///   - handle: A descriptor opened with O_PATH; stays open.
    ///   - label: What messages call the file.
    /// - Returns: The file, opened for reading.
    /// - Throws: `SystemError`, also for anything that is no regular file.
    static func openRegular(shownBy handle: CInt, label: String) throws(SystemError) -> File {
        switch try kind(of: handle, label: label) {
        case .regular: break
        case .directory: throw SystemError(call: "open", subject: label, code: EISDIR)
        case .symbolicLink: throw SystemError(call: "open", subject: label, code: ELOOP)
        default: throw SystemError(call: "open", subject: label, code: SystemError.notRegularFileCode)
        }
        do {
            return File(owning: try SystemCall.run("open", label) { cl_reopen(handle, O_RDONLY) }, label: label)
        } catch  where error.isNotFound {
            // What the descriptor shows is there, so it is the way to it that is not.
            throw error.with(code: SystemError.noProcCode)
        }
    }

    /// Takes over a descriptor after a look at what it is; closes it when that fails, or when it is a directory.
    private static func adopt(_ descriptor: CInt, label: String) throws(SystemError) -> File {
        do throws(SystemError) {
            let kind = try kind(of: descriptor, label: label)
            if kind == .directory { throw SystemError(call: "open", subject: label, code: EISDIR) }
            return File(owning: descriptor, label: label, kind: kind)
        } catch {
            Glibc.close(descriptor)
            throw error
        }
    }

    private static func kind(of descriptor: CInt, label: String) throws(SystemError) -> EntryKind {
        var status = cl_status()
        try SystemCall.run("stat", label) { unsafe cl_fstat(descriptor, &status) }
        return FileStatus(status).kind
    }
}
