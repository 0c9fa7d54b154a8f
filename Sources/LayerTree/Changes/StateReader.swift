import LayerModel
import LayerSystem

/// Says what a file of a read-write layer is, as a layer would say it.
///
/// The disk of an ordinary user holds neither owners nor all modes and attributes: what it could not hold of a file that was copied up
/// is taken from the index of the layer below.
struct StateReader {
    let lowers: LowerStack
    let form: UpperForm
    /// For a checkout, what was made when.
    var checkout: CheckoutRecord?

    /// Says what stands at a name.
    ///
    /// - Parameters:
    ///   - item: What the read-write layer has there.
    ///   - path: The name.
    ///   - origin: What it may have been copied up from.
    ///   - after: What of the lower layers would show there.
    ///   - directory: Opens the directory that it stands in.
    /// - Returns: What it is.
    /// - Throws: `SystemError`.
    func state(
        _ item: UpperItem,
        at path: LayerPath,
        origin: LowerStack.Entry?,
        after: LowerStack.Entry?,
        in directory: () throws(SystemError) -> Directory
    ) throws(SystemError) -> ChangedState {
        let overlay: OverlayAttribute
        if let known = item.attributes {
            overlay = known
        } else {
            // They were passed over when the directory was read.
            let attributes = try directory().extendedAttributes(of: Array(path.name))
            overlay = OverlayAttribute(attributes, form.namespaces)
        }
        var state = ChangedState(item.status, attributes: attributes(item, overlay))
        if let origin, lowers.node(origin.node).kind == item.status.kind {
            restore(&state, item.status, from: origin)
        }
        if item.status.kind == .symbolicLink {
            state.target = try directory().readLink(Array(path.name))
            state.attributes.mode = 0o777
        }
        if overlay.isMetadataOnly, item.status.kind == .regular,
            let source = overlay.redirect.map({ target(of: $0, at: path) }) ?? after
        {
            state.content = .lower(source.node)
        }
        return state
    }

    /// What a redirect leads to: a path from the root of the lower layers, or a name beside the file's own.
    ///
    /// A name stands in the directory as the lower layers have it; parents that were renamed themselves are written as a path by
    /// overlayfs.
    func target(of redirect: [UInt8], at path: LayerPath) -> LowerStack.Entry? {
        let target: LayerPath
        do throws(LayerPathError) {
            target = try LayerPath(normalizing: redirect)
        } catch {
            return nil
        }
        if redirect.first == UInt8(ascii: "/") { return lowers.entry(at: target) }
        guard let parent = path.parent else { return nil }
        return lowers.entry(at: parent.appending(target.bytes))
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
        let node = lowers.node(origin.node)
        if let checkout {
            let wanted = ChangedState.kept(layer.index.extendedAttributes(of: node))
            let own = (form.ownUserID, form.ownGroupID)
            return checkout.restore(&state, status, from: node, wanted, own: own)
        }
        guard !(layer.isExact && form.hasExactOwners) else { return }
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
