internal import CLinux
internal import Glibc
package import LayerModel

extension Directory {
    /// Sets owner and group of a name; of a symbolic link its own.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - uid: The owner's number.
    ///   - gid: The group's number.
    /// - Throws: `SystemError` of `chown`.
    package func setOwner(_ name: some PathBytes, uid: UInt32, gid: UInt32) throws(SystemError) {
        try unsafe call("chown", name) { unsafe fchownat($0, $1, uid, gid, AT_SYMLINK_NOFOLLOW) }
    }

    /// Sets the 12 mode bits of a name; a symbolic link has none that can be set, and is refused.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - mode: The 12 bits.
    /// - Throws: `SystemError` of `chmod`.
    package func setMode(_ name: some PathBytes, _ mode: UInt16) throws(SystemError) {
        try unsafe call("chmod", name) { unsafe cl_fchmodat_nofollow($0, $1, UInt32(mode & 0o7777)) }
    }

    /// Sets both times of a name; of a symbolic link its own.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - time: The time.
    /// - Throws: `SystemError` of `utimensat`.
    package func setTimes(_ name: some PathBytes, _ time: Timestamp) throws(SystemError) {
        try unsafe call("utimensat", name) { unsafe cl_utimensat_nofollow($0, $1, time.seconds, time.nanoseconds) }
    }

    /// Sets this directory's own owner and group.
    ///
    /// - Parameters:
    ///   - uid: The owner's number.
    ///   - gid: The group's number.
    /// - Throws: `SystemError` of `chown`.
    package func setOwner(uid: UInt32, gid: UInt32) throws(SystemError) {
        try SystemCall.run("chown", label) { fchown(descriptor.rawValue, uid, gid) }
    }

    /// Sets this directory's own 12 mode bits.
    package func setMode(_ mode: UInt16) throws(SystemError) {
        try SystemCall.run("chmod", label) { fchmod(descriptor.rawValue, mode_t(mode & 0o7777)) }
    }

    /// Sets both of this directory's own times.
    package func setTimes(_ time: Timestamp) throws(SystemError) {
        try SystemCall.run("futimens", label) { cl_futimens(descriptor.rawValue, time.seconds, time.nanoseconds) }
    }

    /// Returns when the names in this directory have reached the device: what was created, renamed or removed here.
    ///
    /// Returns at once where `durability` is none, as `synchronizeFileSystem()` does.
    package func synchronize() throws(SystemError) {
        guard durability == .full else { return }
        try SystemCall.run("fsync", label) { fsync(descriptor.rawValue) }
    }

    /// Returns when everything written to this directory's file system so far, by anybody, has reached the device.
    package func synchronizeFileSystem() throws(SystemError) {
        guard durability == .full else { return }
        try SystemCall.run("syncfs", label) { cl_syncfs(descriptor.rawValue) }
    }
}
