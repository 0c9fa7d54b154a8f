import LayerModel

/// Which extended attributes of an archive are set on disk (contract L-29).
///
/// Kept: `user.*`, `security.capability`, `security.ima`, POSIX ACLs, and `trusted.*`. Left to the index alone: what overlayfs or a
/// rootless runtime would take for its own word (`trusted.overlay.*`, `user.overlay.*`, `user.containers.*`,
/// `user.rootlesscontainers`), and what belongs to one host (`security.selinux`, `security.evm`, `system.nfs4_acl` and the rest).
package enum XattrPolicy {
    private static let keptPrefixes = ["user.", "trusted."].map { Array($0.utf8) }
    private static let keptNames = [
        "security.capability", "security.ima", "system.posix_acl_access", "system.posix_acl_default",
    ].map { Array($0.utf8) }
    private static let reservedPrefixes = [
        "trusted.overlay.", "user.overlay.", "user.containers.", "user.rootlesscontainers", "user.fuseoverlayfs.",
    ].map { Array($0.utf8) }

    /// Whether an attribute is set on disk.
    package static func isKept(_ name: [UInt8]) -> Bool {
        if reservedPrefixes.contains(where: { name.starts(with: $0) }) { return false }
        return keptNames.contains(name) || keptPrefixes.contains { name.starts(with: $0) }
    }
}
