internal import CLinux
internal import Glibc
package import LayerModel

/// An open directory; it is closed when the last reference goes.
///
/// Everything below it is reached by names of one component each, as bytes, and no call follows a symbolic link that stands under
/// such a name. A name that is empty, `.`, `..` or has a slash or a NUL in it is refused with EINVAL. Whole paths go through the
/// calls named `…InRoot`, for which this directory is the root that nothing leads out of.
package final class Directory: Sendable {
    /// The raw descriptor; valid as long as this object is referred to.
    package let descriptor: DirectoryDescriptor
    /// What messages call the directory: its path, escaped.
    package let label: String
    /// What goes when neither this directory nor one that was opened in it is open any more.
    let kept: (any AnyObject & Sendable)?
    /// Whether to wait for the disk where it is asked for: here, in what is opened in this directory, and in files created there.
    package let durability: Durability

    /// Opens a directory of the host; links are followed.
    ///
    /// - Parameters:
    ///   - path: A path of the host.
    ///   - kept: What has to stay as long as this directory, or one that is opened in it, is open: what is mounted there.
    ///   - durability: Whether `synchronize()` waits for the disk.
    /// - Throws: `SystemError` of `open`.
    package init(
        path: some PathBytes,
        keeping kept: (any AnyObject & Sendable)? = nil,
        durability: Durability = .full
    ) throws(SystemError) {
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
        let opened = try SystemCall.run("open", path.escaped) { unsafe path.withCPath { unsafe Glibc.open($0, flags) } }
        descriptor = DirectoryDescriptor(rawValue: opened)
        label = path.escaped
        self.kept = kept
        self.durability = durability
    }

    /// Takes a descriptor over.
    ///
    /// - Parameters:
    ///   - descriptor: An open descriptor that nobody else closes.
    ///   - label: What messages call the directory.
    ///   - parent: The directory that it was opened in: what that keeps, and whether it waits for the disk, holds for this one.
    init(owning descriptor: CInt, label: String, in parent: Directory? = nil) {
        self.descriptor = DirectoryDescriptor(rawValue: descriptor)
        self.label = label
        kept = parent?.kept
        durability = parent?.durability ?? .full
    }

    deinit {
        Glibc.close(descriptor.rawValue)
    }

    /// Opens a directory in this one.
    ///
    /// - Parameter name: One component; a symbolic link is refused.
    /// - Returns: The directory.
    /// - Throws: `SystemError` of `open`.
    package func open(_ name: some PathBytes) throws(SystemError) -> Directory {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let opened = try unsafe call("open", name) { unsafe openat($0, $1, flags) }
        return Directory(owning: opened, label: subject(name), in: self)
    }

    /// Opens a regular file in this directory for reading; nothing else is ever opened, not even for a moment where that has effects.
    ///
    /// - Parameter name: One component; a symbolic link is refused.
    /// - Returns: The file.
    /// - Throws: `SystemError` of `open`; `isNotRegularFile` for what is none.
    package func openFile(_ name: some PathBytes) throws(SystemError) -> File {
        let handle = try unsafe call("open", name) { unsafe openat($0, $1, cl_o_path | O_NOFOLLOW | O_CLOEXEC) }
        let shown = File(owning: handle, label: subject(name))
        return try File.openRegular(shownBy: shown.descriptor.rawValue, label: shown.label)
    }

    /// Creates a file for reading and writing; fails when the name is taken.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - mode: Permission bits, which the umask still cuts.
    /// - Returns: The empty file.
    /// - Throws: `SystemError` of `create`.
    package func createFile(_ name: some PathBytes, mode: UInt16 = 0o600) throws(SystemError) -> File {
        let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let opened = try unsafe call("create", name) { unsafe openat($0, $1, flags, mode_t(mode)) }
        return File(owning: opened, label: subject(name), durability: durability)
    }

    /// What the file system knows of this directory.
    package func status() throws(SystemError) -> FileStatus {
        var status = cl_status()
        try SystemCall.run("stat", label) { unsafe cl_fstat(descriptor.rawValue, &status) }
        return FileStatus(status)
    }

    /// What the file system knows of a name; of a symbolic link itself.
    package func status(_ name: some PathBytes) throws(SystemError) -> FileStatus {
        var status = cl_status()
        try unsafe call("stat", name) { unsafe cl_fstatat($0, $1, AT_SYMLINK_NOFOLLOW, &status) }
        return FileStatus(status)
    }

    /// What the file system knows of a name, or nil when it is not there.
    package func statusIfPresent(_ name: some PathBytes) throws(SystemError) -> FileStatus? {
        do {
            return try status(name)
        } catch  where error.isNotFound {
            return nil
        }
    }

    /// Makes a call on a name in this directory.
    @discardableResult
    @inline(__always)
    func call<Result: SignedInteger>(
        _ call: StaticString,
        _ name: some PathBytes,
        _ body: (CInt, UnsafePointer<CChar>) -> Result
    ) throws(SystemError) -> Result {
        let parent = descriptor.rawValue
        return try SystemCall.run(call, subject(name)) { unsafe name.withCName { unsafe body(parent, $0) } }
    }

    /// What messages call a name in this directory.
    package func subject(_ name: some PathBytes) -> String {
        label.hasSuffix("/") ? label + name.escaped : "\(label)/\(name.escaped)"
    }
}
