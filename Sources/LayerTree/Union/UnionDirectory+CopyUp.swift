import LayerModel
import LayerSystem

extension UnionDirectory {
    /// The directory in the read-write layer, copied up with all above it where it does not have it.
    func upperForWriting() throws -> Directory {
        if let directory = try upper() { return directory }
        let name = Array(path.name)
        guard let parent else { throw TreeAccessError(.readOnly, Array("/".utf8)) }
        let above = try parent.upperForWriting()
        if let directory = try upper() { return directory }
        guard let lower = try parent.findPresent(name).after, lower.directory != nil else {
            throw TreeAccessError(.notDirectory, parent, name)
        }
        try parent.copyUp(lower.node, as: name, in: above)
        context.generation += 1
        guard let directory = try upper() else { throw TreeAccessError(.notFound, parent, name) }
        return directory
    }

    /// Makes sure that the read-write layer has a name.
    ///
    /// - Returns: The directory of the read-write layer in which it stands.
    func copyUp(_ name: [UInt8]) throws -> Directory {
        let found = try findPresent(name)
        let directory = try upperForWriting()
        guard found.item == nil, let lower = found.after else { return directory }
        try copyUp(lower.node, as: name, in: directory)
        if lower.directory != nil { context.generation += 1 }
        return directory
    }

    /// Makes what a layer has once more in the read-write layer.
    ///
    /// It gets what the disk has of its attributes: an ordinary user's disk lacks some of them, and by what it has `StateReader` tells
    /// that nobody has changed them. The time of the directory stays.
    private func copyUp(_ reference: LowerStack.Reference, as name: [UInt8], in directory: Directory) throws {
        let layer = context.lowers.layers[reference.layer]
        let node = context.lowers.node(reference)
        let status = try layer.status(of: node)
        guard status.kind == node.kind else {
            // The store of an ordinary user has no devices.
            throw TreeAccessError(.noDevice, self, name)
        }
        let time = try directory.status().modificationTime
        try context.staging { work, temporary in
            switch status.kind {
            case .directory: try work.makeDirectory(temporary, mode: 0o700)
            case .regular:
                let file = try work.createFile(temporary, mode: 0o600)
                try file.copyContent(of: layer.openFile(node))
                // The lower file is hidden by this one from now on, also after a power cut.
                try file.synchronize()
            case .symbolicLink:
                try work.makeSymbolicLink(temporary, target: layer.index.target(of: node))
            default:
                try work.makeNode(temporary, kind: status.kind, mode: 0o600, device: status.nodeDevice)
            }
            try copyAttributes(of: node, status, in: layer, to: temporary, in: work)
            try work.rename(temporary, to: directory, as: name, replacing: false)
        }
        try directory.setTimes(time)
    }

    private func copyAttributes(
        of node: IndexNode,
        _ status: FileStatus,
        in layer: StackedLayer,
        to name: String,
        in work: Directory
    ) throws {
        let made = try work.status(name)
        if made.uid != status.uid || made.gid != status.gid {
            do throws(SystemError) {
                try work.setOwner(name, uid: status.uid, gid: status.gid)
            } catch {
                guard !context.owners.isExact, error.isOwnerRefused else { throw error }
            }
        }
        for attribute in try layer.extendedAttributes(of: node) where !OverlayAttribute.isWord(attribute.name) {
            do throws(SystemError) {
                try work.setExtendedAttribute(attribute, of: name)
            } catch {
                // Labels of the host's own, and what only root may give.
                guard error.isNotSupported || error.isNotPermitted else { throw error }
            }
        }
        if status.kind != .symbolicLink { try work.setMode(name, status.mode) }
        try work.setTimes(name, status.modificationTime)
    }
}
