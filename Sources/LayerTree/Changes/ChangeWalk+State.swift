import LayerModel
import LayerSystem

extension ChangeWalk {
    /// What stands at a name now; nil when nothing does or when it cannot be read, which is noted.
    mutating func state(
        _ item: UpperItem?,
        at path: LayerPath,
        after: LowerStack.Entry?,
        before: LowerStack.Entry?
    ) -> ChangedState? {
        guard let item else { return after.map { ChangedState($0.node, in: lowers) } }
        do throws(SystemError) {
            return try state(item, at: path, origin: after ?? before, after: after)
        } catch {
            set.problems.append(ChangeSet.Problem(path: path, reason: error.reason))
            return nil
        }
    }

    private func state(
        _ item: UpperItem,
        at path: LayerPath,
        origin: LowerStack.Entry?,
        after: LowerStack.Entry?
    ) throws(SystemError) -> ChangedState {
        let overlay: OverlayAttribute
        if let known = item.attributes { overlay = known } else { overlay = try attributes(at: path) }
        var state = ChangedState(item.status, attributes: attributes(item, overlay))
        if let origin, lowers.node(origin.node).kind == item.status.kind {
            restore(&state, item.status, from: origin)
        }
        if item.status.kind == .symbolicLink {
            state.target = try upper.openInRoot(path.parent?.bytes ?? []).readLink(Array(path.name))
            state.attributes.mode = 0o777
        }
        if overlay.isMetadataOnly, item.status.kind == .regular,
            let source = overlay.redirect.map({ target(of: $0, at: path) }) ?? after
        {
            state.content = .lower(source.node)
        }
        return state
    }

    /// Reads attributes that were passed over when the directory was read.
    private func attributes(at path: LayerPath) throws(SystemError) -> OverlayAttribute {
        let directory = try upper.openInRoot(path.parent?.bytes ?? [])
        return OverlayAttribute(try directory.extendedAttributes(of: Array(path.name)), form.namespaces)
    }

    private func attributes(_ item: UpperItem, _ overlay: OverlayAttribute) -> FileAttributes {
        let status = item.status
        return FileAttributes(
            mode: status.mode,
            uid: owner(status.uid, own: form.ownUserID),
            gid: owner(status.gid, own: form.ownGroupID),
            modificationTime: status.modificationTime,
            extendedAttributes: overlay.content.sorted { $0.name.lexicographicallyPrecedes($1.name) }
        )
    }

    /// What belongs to the user who has the store belongs to root in the container.
    private func owner(_ number: UInt32, own: UInt32) -> UInt32 {
        !form.hasExactOwners && number == own ? 0 : number
    }

    /// Gives back what the disk could not hold of the lower file that this one was copied up from.
    ///
    /// Where the disk has the same owner or mode for both, nobody has changed it in the container, and the lower layer's index says
    /// what it is.
    private func restore(_ state: inout ChangedState, _ status: FileStatus, from origin: LowerStack.Entry) {
        let layer = lowers.layers[origin.node.layer]
        guard !(layer.isExact && form.hasExactOwners) else { return }
        let node = lowers.node(origin.node)
        guard let lower = lowerStatus(layer, node), lower.kind == status.kind else { return }
        if status.uid == lower.uid { state.attributes.uid = node.uid }
        if status.gid == lower.gid { state.attributes.gid = node.gid }
        if status.mode == lower.mode { state.attributes.mode = node.mode }
        guard status.byteCount == lower.byteCount, status.modificationTime == lower.modificationTime else { return }
        restoreAttributes(&state, layer, node)
    }

    private func lowerStatus(_ layer: StackedLayer, _ node: IndexNode) -> FileStatus? {
        do throws(SystemError) {
            return try layer.status(of: node)
        } catch {
            // The disk does not have it: a device node in the store of an ordinary user.
            return nil
        }
    }

    /// Adds the extended attributes that the lower file has in its layer and could not get on disk.
    private func restoreAttributes(_ state: inout ChangedState, _ layer: StackedLayer, _ node: IndexNode) {
        let wanted = ChangedState.kept(layer.index.extendedAttributes(of: node))
        let missing = wanted.filter { attribute in
            !state.attributes.extendedAttributes.contains { $0.name == attribute.name }
        }
        guard !missing.isEmpty else { return }
        let onDisk: [ExtendedAttribute]
        do throws(SystemError) {
            onDisk = try layer.extendedAttributes(of: node)
        } catch {
            return
        }
        for attribute in missing where !onDisk.contains(where: { $0.name == attribute.name }) {
            state.attributes.extendedAttributes.append(attribute)
        }
        state.attributes.extendedAttributes.sort { $0.name.lexicographicallyPrecedes($1.name) }
    }
}
