import LayerSystem
package import LayerTree

extension TreeSettings {
    /// What holds for this process.
    package static var ofThisProcess: TreeSettings {
        ofThisProcess(usesUserAttributes: Host.effectiveUserID != 0 || !UserNamespace.isInitial)
    }

    /// What holds for this process and a layer of which it is known where overlayfs reads its attributes.
    static func ofThisProcess(usesUserAttributes: Bool) -> TreeSettings {
        TreeSettings(
            umask: Host.fileModeMask(),
            uid: Host.effectiveUserID,
            gid: Host.effectiveGroupID,
            usesUserAttributes: usesUserAttributes
        )
    }
}
