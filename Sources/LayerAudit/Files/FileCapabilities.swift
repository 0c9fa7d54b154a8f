/// The capabilities that a program gets by its `security.capability`.
///
/// Source: `struct vfs_ns_cap_data` in `linux/capability.h`, `man 7 capabilities`.
package struct FileCapabilities: Hashable, Sendable {
    private static let names = [
        "chown", "dac_override", "dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap",
        "linux_immutable", "net_bind_service", "net_broadcast", "net_admin", "net_raw", "ipc_lock", "ipc_owner",
        "sys_module", "sys_rawio", "sys_chroot", "sys_ptrace", "sys_pacct", "sys_admin", "sys_boot", "sys_nice",
        "sys_resource", "sys_time", "sys_tty_config", "mknod", "lease", "audit_write", "audit_control", "setfcap",
        "mac_override", "mac_admin", "syslog", "wake_alarm", "block_suspend", "audit_read", "perfmon", "bpf",
        "checkpoint_restore",
    ]

    private let permitted: UInt64
    private let inheritable: UInt64
    private let isEffective: Bool

    /// Reads the attribute; nil for what is none of the versions 1 to 3.
    ///
    /// - Parameter value: The attribute's value.
    package init?(_ value: [UInt8]) {
        func word(_ place: Int) -> UInt64 {
            (0..<4).reduce(UInt64(0)) { $0 | UInt64(value[place * 4 + $1]) << UInt64(8 * $1) }
        }
        guard value.count >= 12 else { return nil }
        switch (word(0) >> 24, value.count) {
        case (1, 12): (permitted, inheritable) = (word(1), word(2))
        case (2, 20), (3, 24): (permitted, inheritable) = (word(1) | word(3) << 32, word(2) | word(4) << 32)
        default: return nil
        }
        isEffective = word(0) & 1 != 0
    }

    /// The capabilities as `getcap` writes them: `cap_net_raw=ep`, or with several groups `cap_kill=i cap_net_raw+p`.
    package var text: String {
        let effective = isEffective ? "e" : ""
        var groups: [(flags: String, bits: UInt64)] = [
            (effective + "ip", permitted & inheritable), (effective + "p", permitted & ~inheritable),
            (effective + "i", inheritable & ~permitted),
        ]
        groups.removeAll { $0.bits == 0 }
        return groups.isEmpty ? "=" : groups.map { Self.list($0.bits) + "=" + $0.flags }.joined(separator: " ")
    }

    private static func list(_ bits: UInt64) -> String {
        (0..<64).filter { bits >> UInt64($0) & 1 != 0 }
            .map { names.indices.contains($0) ? "cap_" + names[$0] : "\($0)" }.joined(separator: ",")
    }
}
