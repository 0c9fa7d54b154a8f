internal import CLinux
internal import Glibc
package import LayerModel

extension Directory {
    /// Makes a directory.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - mode: Permission bits, which the umask still cuts.
    /// - Throws: `SystemError` of `mkdir`.
    package func makeDirectory(_ name: some PathBytes, mode: UInt16 = 0o700) throws(SystemError) {
        try unsafe call("mkdir", name) { unsafe mkdirat($0, $1, mode_t(mode)) }
    }

    /// Opens a directory, and makes it first when it is not there.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - mode: Permission bits of a new directory, which the umask still cuts.
    /// - Returns: The directory.
    /// - Throws: `SystemError` of `mkdir` or `open`.
    package func openOrMakeDirectory(_ name: some PathBytes, mode: UInt16 = 0o700) throws(SystemError) -> Directory {
        do {
            return try open(name)
        } catch  where error.isNotFound {
            // Another process may make it at the same moment.
            do { try makeDirectory(name, mode: mode) } catch  where error.isAlreadyThere {}
            return try open(name)
        }
    }

    /// Makes a symbolic link.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - target: What the link says, up to 4,095 bytes.
    /// - Throws: `SystemError` of `symlink`.
    package func makeSymbolicLink(_ name: some PathBytes, target: some PathBytes) throws(SystemError) {
        try unsafe call("symlink", name) { parent, link in
            unsafe target.withCPath { unsafe symlinkat($0, parent, link) }
        }
    }

    /// Gives a file one more name; a symbolic link is linked itself, not what it leads to.
    ///
    /// - Parameters:
    ///   - name: The new name, one component.
    ///   - directory: Where the file has a name already.
    ///   - oldName: That name, one component.
    /// - Throws: `SystemError` of `link`.
    package func makeHardLink(
        _ name: some PathBytes,
        to directory: Directory,
        _ oldName: some PathBytes
    ) throws(SystemError) {
        let source = directory.descriptor.rawValue
        try unsafe call("link", name) { parent, new in
            unsafe oldName.withCName { unsafe linkat(source, $0, parent, new, 0) }
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
        _ name: some PathBytes,
        kind: EntryKind,
        mode: UInt16 = 0o600,
        device: DeviceNumber = DeviceNumber(major: 0, minor: 0)
    ) throws(SystemError) {
        guard let format = DirectoryDescriptor.nodeFormat(kind) else {
            throw SystemError(call: "mknod", subject: subject(name), code: EINVAL)
        }
        let bits = format | UInt32(mode & 0o7777)
        try unsafe call("mknod", name) { unsafe cl_mknodat($0, $1, bits, device.major, device.minor) }
    }

    /// Makes overlayfs' mark for a removed name: the character device 0:0, which an ordinary user may make since Linux 5.8.
    package func makeWhiteout(_ name: some PathBytes) throws(SystemError) {
        try makeNode(name, kind: .characterDevice, mode: 0)
    }

    /// What a symbolic link says.
    ///
    /// - Parameter name: One component.
    /// - Returns: The target, 1 to 4,095 bytes.
    /// - Throws: `SystemError` of `readlink`; EINVAL when it is no symbolic link.
    package func readLink(_ name: some PathBytes) throws(SystemError) -> [UInt8] {
        // PATH_MAX bounds every target. Source: man 2 symlink.
        let target = try unsafe SystemBuffer.fill(byteCount: 4096) { buffer throws(SystemError) in
            try unsafe call("readlink", name) { unsafe cl_readlinkat($0, $1, buffer.baseAddress, buffer.count) }
        }
        return target
    }

    /// Removes a name that is no directory.
    package func unlink(_ name: some PathBytes) throws(SystemError) {
        try unsafe call("unlink", name) { unsafe unlinkat($0, $1, 0) }
    }

    /// Removes an empty directory.
    package func removeDirectory(_ name: some PathBytes) throws(SystemError) {
        try unsafe call("rmdir", name) { unsafe unlinkat($0, $1, AT_REMOVEDIR) }
    }
}
