import LayerModel

/// Which extended attributes of an archive are set on disk (contract L-29).
///
/// Kept: `user.*`, `security.capability`, `security.ima`, POSIX ACLs, and `trusted.*`. Left to the index alone: what overlayfs or a
/// rootless runtime would take for its own word (`trusted.overlay.*`, `user.overlay.*`, `user.containers.*`,
/// `user.rootlesscontainers`), and what belongs to one host (`security.selinux`, `security.evm`, `system.nfs4_acl` and the rest).
package enum XattrPolicy {
    private static let userPrefix = Array("user.".utf8)
    private static let accessList = Array("system.posix_acl_access".utf8)
    private static let defaultList = Array("system.posix_acl_default".utf8)
    private static let keptPrefixes = [userPrefix, Array("trusted.".utf8)]
    private static let keptNames =
        ["security.capability", "security.ima"].map { Array($0.utf8) } + [accessList, defaultList]
    private static let reservedPrefixes = [
        "trusted.overlay.", "user.overlay.", "user.containers.", "user.rootlesscontainers", "user.fuseoverlayfs.",
    ].map { Array($0.utf8) }

    /// Whether an attribute is set on disk.
    package static func isKept(_ name: [UInt8]) -> Bool {
        if reservedPrefixes.contains(where: { name.starts(with: $0) }) { return false }
        return keptNames.contains(name) || keptPrefixes.contains { name.starts(with: $0) }
    }

    /// Whether a file of that kind can have the attribute on disk.
    ///
    /// Source: xattr(7) on user attributes; acl(5): a symbolic link has no list, and only a directory a default one.
    static func isPossible(_ name: [UInt8], on kind: EntryKind) -> Bool {
        if name.starts(with: userPrefix) { return kind == .regular || kind == .directory }
        if name == accessList { return kind != .symbolicLink }
        return name != defaultList || kind == .directory
    }
}
