internal import CLinux
internal import Glibc
package import LayerModel

/// A raw descriptor of a directory, for loops that run once an entry: nothing here allocates unless a call fails.
///
/// A name is one component with a NUL at its end; that it is one is the caller's to know (`LayerPath` does). No call follows a
/// symbolic link that stands under the name. Nobody closes the descriptor but `close()`.
package struct DirectoryDescriptor: Hashable, Sendable {
    /// The descriptor's number.
    package let rawValue: Int32

    /// Wraps a descriptor that somebody else owns.
    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Creates a file for writing; fails when the name is taken.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - mode: Permission bits, which the umask still cuts.
    /// - Returns: The file's descriptor, which the caller closes.
    /// - Throws: `SystemError` of `open`.
    package func createFile(_ name: UnsafePointer<CChar>, mode: UInt16) throws(SystemError) -> FileDescriptor {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        return FileDescriptor(
            rawValue: try SystemCall.run("create", unsafe Self.text(name)) {
                unsafe openat(rawValue, name, flags, mode_t(mode))
            }
        )
    }

    /// Opens a directory; the caller closes it.
    package func openDirectory(_ name: UnsafePointer<CChar>) throws(SystemError) -> DirectoryDescriptor {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        return DirectoryDescriptor(
            rawValue: try SystemCall.run("open", unsafe Self.text(name)) { unsafe openat(rawValue, name, flags) }
        )
    }

    /// Makes a directory.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - mode: Permission bits, which the umask still cuts.
    /// - Throws: `SystemError` of `mkdir`.
    package func makeDirectory(_ name: UnsafePointer<CChar>, mode: UInt16) throws(SystemError) {
        try SystemCall.run("mkdir", unsafe Self.text(name)) { unsafe mkdirat(rawValue, name, mode_t(mode)) }
    }

    /// Makes a symbolic link.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - target: What the link says, with a NUL at its end.
    /// - Throws: `SystemError` of `symlink`.
    package func makeSymbolicLink(
        _ name: UnsafePointer<CChar>,
        target: UnsafePointer<CChar>
    ) throws(SystemError) {
        try SystemCall.run("symlink", unsafe Self.text(name)) { unsafe symlinkat(target, rawValue, name) }
    }

    /// Gives a file one more name; a symbolic link is linked itself, not what it leads to.
    ///
    /// - Parameters:
    ///   - name: The new name, one component.
    ///   - directory: Where the file has a name already.
    ///   - oldName: That name, one component.
    /// - Throws: `SystemError` of `link`.
    package func makeHardLink(
        _ name: UnsafePointer<CChar>,
        to directory: DirectoryDescriptor,
        _ oldName: UnsafePointer<CChar>
    ) throws(SystemError) {
        try SystemCall.run("link", unsafe Self.text(name)) {
            unsafe linkat(directory.rawValue, oldName, rawValue, name, 0)
        }
    }

    /// Gives a regular file of another directory a name here as well, and opens it.
    ///
    /// - Parameters:
    ///   - name: The new name, one component; it does not stay when the file cannot be opened.
    ///   - directory: Where the file has a name already.
    ///   - oldName: That name, one component.
    /// - Returns: The file, open for reading, which the caller closes.
    /// - Throws: `SystemError` of `link` or `open`.
    package func linkFile(
        _ name: UnsafePointer<CChar>,
        to directory: Directory,
        _ oldName: some PathBytes
    ) throws(SystemError) -> FileDescriptor {
        let from = directory.descriptor.rawValue
        try SystemCall.run("link", unsafe Self.text(name)) {
            unsafe oldName.withCPath { unsafe linkat(from, $0, rawValue, name, 0) }
        }
        do throws(SystemError) {
            return FileDescriptor(
                rawValue: try SystemCall.run("open", unsafe Self.text(name)) {
                    unsafe openat(rawValue, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
                }
            )
        } catch {
            unsafe try unlink(name)
            throw error
        }
    }

    /// Makes a device node, a FIFO or a socket.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - kind: `.characterDevice`, `.blockDevice`, `.fifo` or `.socket`; anything else is refused with EINVAL.
    ///   - mode: Permission bits, which the umask still cuts.
    ///   - device: The device that a node stands for.
    /// - Throws: `SystemError` of `mknod`.
    package func makeNode(
        _ name: UnsafePointer<CChar>,
        kind: EntryKind,
        mode: UInt16,
        device: DeviceNumber
    ) throws(SystemError) {
        guard let format = Self.nodeFormat(kind) else {
            throw unsafe SystemError(call: "mknod", subject: Self.text(name), code: EINVAL)
        }
        let bits = format | UInt32(mode & 0o7777)
        try SystemCall.run("mknod", unsafe Self.text(name)) {
            unsafe cl_mknodat(rawValue, name, bits, device.major, device.minor)
        }
    }

    /// Removes a name that is no directory.
    package func unlink(_ name: UnsafePointer<CChar>) throws(SystemError) {
        try SystemCall.run("unlink", unsafe Self.text(name)) { unsafe unlinkat(rawValue, name, 0) }
    }

    /// Removes an empty directory.
    package func removeDirectory(_ name: UnsafePointer<CChar>) throws(SystemError) {
        try SystemCall.run("rmdir", unsafe Self.text(name)) { unsafe unlinkat(rawValue, name, AT_REMOVEDIR) }
    }

    /// What the file system knows of a name.
    package func status(_ name: UnsafePointer<CChar>) throws(SystemError) -> FileStatus {
        var status = cl_status()
        try SystemCall.run("stat", unsafe Self.text(name)) {
            unsafe cl_fstatat(rawValue, name, AT_SYMLINK_NOFOLLOW, &status)
        }
        return FileStatus(status)
    }

    /// Closes the descriptor.
    package func close() throws(SystemError) {
        try FileDescriptor(rawValue: rawValue).close()
    }

    /// The upper bits of the mode of a node, or nil for what is made otherwise.
    ///
    /// Source: `man 7 inode`.
    static func nodeFormat(_ kind: EntryKind) -> UInt32? {
        switch kind {
        case .characterDevice: 0o020000
        case .blockDevice: 0o060000
        case .fifo: 0o010000
        case .socket: 0o140000
        default: nil
        }
    }

    /// A name as a message shows it.
    static func text(_ name: UnsafePointer<CChar>) -> String {
        unsafe UnsafeRawBufferPointer(start: name, count: strlen(name)).withMemoryRebound(to: UInt8.self) { bytes in
            unsafe EscapedText.name(bytes)
        }
    }
}
