/// The capabilities of a process: the usual ones, with what is added and dropped.
///
/// Source: moby `oci/caps/defaults.go` and `utils.go`; `man 7 capabilities`.
package enum CapabilityList {
    /// All that there are, in the order of their numbers.
    static let all = [
        "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
        "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER",
        "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE",
        "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP",
        "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF",
        "CHECKPOINT_RESTORE",
    ]
    /// What a process gets that asks for nothing.
    static let usual: Set<String> = [
        "CHOWN", "DAC_OVERRIDE", "FSETID", "FOWNER", "MKNOD", "NET_RAW", "SETGID", "SETUID", "SETFCAP", "SETPCAP",
        "NET_BIND_SERVICE", "SYS_CHROOT", "KILL", "AUDIT_WRITE",
    ]

    /// The capabilities that come out.
    ///
    /// - Parameters:
    ///   - added: Names, with `CAP_` or without, or `ALL`, in any case.
    ///   - dropped: Likewise.
    ///   - count: How many the kernel has.
    /// - Returns: Names with `CAP_`, in the order of their numbers.
    /// - Throws: `ProcessSettingsError` for an unknown name.
    package static func names(
        adding added: [String],
        dropping dropped: [String],
        count: Int = all.count
    ) throws(ProcessSettingsError) -> [String] {
        let added = try normalized(added, option: "CapAdd")
        let dropped = try normalized(dropped, option: "CapDrop")
        let known = all.prefix(count)
        let chosen = known.filter { name in
            if added.contains("ALL") { return !dropped.contains(name) }
            if added.contains(name) { return true }
            return usual.contains(name) && !dropped.contains("ALL") && !dropped.contains(name)
        }
        return chosen.map { "CAP_" + $0 }
    }

    private static func normalized(_ names: [String], option: String) throws(ProcessSettingsError) -> Set<String> {
        var result: Set<String> = []
        for name in names {
            let capitals = name.uppercased()
            let bare = capitals.hasPrefix("CAP_") ? String(capitals.dropFirst(4)) : capitals
            guard bare == "ALL" || all.contains(bare) else {
                throw ProcessSettingsError("invalid \(option): unknown capability: \"\(name)\"")
            }
            result.insert(bare)
        }
        return result
    }
}
