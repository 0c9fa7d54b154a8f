import LayerSystem
package import LayerTree

extension UpperForm {
    /// How this process sees what containers of its own stores have written.
    package static var ofThisProcess: UpperForm {
        let isRoot = Host.effectiveUserID == 0 && UserNamespace.isInitial
        return UpperForm(
            namespaces: isRoot ? .trusted : .user,
            ownUserID: Host.effectiveUserID,
            ownGroupID: Host.effectiveGroupID,
            hasExactOwners: isRoot
        )
    }

    /// How this process sees a checkout of its own: a whole tree, in which nothing is said to overlayfs.
    package static var ofCheckout: UpperForm {
        var form = ofThisProcess
        form.namespaces = []
        form.isWholeTree = true
        return form
    }
}
