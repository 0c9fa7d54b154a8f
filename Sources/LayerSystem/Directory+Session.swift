internal import CLinux

extension Directory {
    /// Names the time since this directory's file system was mounted here: another text after every start of the machine and every mount.
    ///
    /// What was written in the same session and not synchronised is there as it was written; after a session it may be lost in part.
    ///
    /// Source: man 5 proc_sys_kernel, `random/boot_id`; man 2 statx, `STATX_MNT_ID_UNIQUE`.
    ///
    /// - Returns: The session; two mounts of one file system have two.
    /// - Throws: `SystemError` of `statx`.
    package func session() throws(SystemError) -> String {
        let mount = try mountNumber()
        let start = HostFile.readLine("/proc/sys/kernel/random/boot_id") ?? ""
        return "\(start) \(mount)"
    }

    /// The number of the mount that shows this directory: only within one are things renamed.
    ///
    /// - Returns: A number that no other mount gets before the next start of the machine.
    /// - Throws: `SystemError` of `statx`.
    package func mountNumber() throws(SystemError) -> UInt64 {
        var mount: UInt64 = 0
        try SystemCall.run("statx", label) { unsafe cl_mount_number(descriptor.rawValue, &mount) }
        return mount
    }
}
