internal import CLinux
internal import Glibc
package import LayerModel

extension DirectoryDescriptor {
    /// Sets owner and group of a name; of a symbolic link its own.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - uid: The owner's number.
    ///   - gid: The group's number.
    /// - Throws: `SystemError` of `chown`.
    package func setOwner(_ name: UnsafePointer<CChar>, uid: UInt32, gid: UInt32) throws(SystemError) {
        try SystemCall.run("chown", unsafe Self.text(name)) {
            unsafe fchownat(rawValue, name, uid, gid, AT_SYMLINK_NOFOLLOW)
        }
    }

    /// Sets the 12 mode bits of a name; a symbolic link has none that can be set, and is refused.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - mode: The 12 bits.
    /// - Throws: `SystemError` of `chmod`.
    package func setMode(_ name: UnsafePointer<CChar>, _ mode: UInt16) throws(SystemError) {
        try SystemCall.run("chmod", unsafe Self.text(name)) {
            unsafe cl_fchmodat_nofollow(rawValue, name, UInt32(mode & 0o7777))
        }
    }

    /// Sets both times of a name; of a symbolic link its own.
    ///
    /// - Parameters:
    ///   - name: One component.
    ///   - time: The time.
    /// - Throws: `SystemError` of `utimensat`.
    package func setTimes(_ name: UnsafePointer<CChar>, _ time: Timestamp) throws(SystemError) {
        try SystemCall.run("utimensat", unsafe Self.text(name)) {
            unsafe cl_utimensat_nofollow(rawValue, name, time.seconds, time.nanoseconds)
        }
    }

    /// Sets an extended attribute of a name; of a symbolic link its own.
    ///
    /// - Parameters:
    ///   - attribute: The attribute's full name, with a NUL at its end.
    ///   - value: The value.
    ///   - name: One component.
    /// - Throws: `SystemError` of `lsetxattr`.
    package func setExtendedAttribute(
        _ attribute: UnsafePointer<CChar>,
        value: UnsafeRawBufferPointer,
        of name: UnsafePointer<CChar>
    ) throws(SystemError) {
        try SystemCall.run("lsetxattr", unsafe Self.text(name)) {
            unsafe cl_setxattrat(rawValue, name, attribute, value.baseAddress, value.count)
        }
    }

    /// Sets the directory's own owner and group.
    package func setOwner(uid: UInt32, gid: UInt32) throws(SystemError) {
        try FileDescriptor(rawValue: rawValue).setOwner(uid: uid, gid: gid)
    }

    /// Sets the directory's own 12 mode bits.
    package func setMode(_ mode: UInt16) throws(SystemError) {
        try FileDescriptor(rawValue: rawValue).setMode(mode)
    }

    /// Sets both of the directory's own times.
    package func setTimes(_ time: Timestamp) throws(SystemError) {
        try FileDescriptor(rawValue: rawValue).setTimes(time)
    }
}
