import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// Fills empty volumes with what an image has at their mount points.
///
/// The places are followed inside the image's tree, whatever links stand there, and nothing of the host is read.
///
/// Source: moby `daemon/volumes_unix.go`, `populateVolumes`; contract 3.9.
final class VolumeFilling {
    private let store: LayerStore
    private let image: StoredImage
    private var opened: UnionTree?

    /// Prepares for an image; its layers are opened when they are needed.
    init(from image: StoredImage, in store: LayerStore) {
        self.image = image
        self.store = store
    }

    private func tree() throws -> UnionTree {
        if let opened { return opened }
        let tree = UnionTree(try LowerStack(image.record.layers.map(\.key), in: store))
        opened = tree
        return tree
    }

    /// The directory that an image has at a place; nil where it has nothing.
    ///
    /// - Parameter destination: The place, absolute.
    /// - Returns: The directory.
    /// - Throws: `MountError` for anything but a directory, `TreeAccessError`, `TreeError`, `SystemError`.
    func directory(at destination: String) throws -> (any TreeDirectory)? {
        do {
            let place = try tree().resolve(Array(destination.utf8), followsLast: true)
            guard let entry = place.entry else { return nil }
            guard entry.kind == .directory else { throw MountError.existingFile(destination) }
            let directories = try place.opened()
            return directories[directories.count - 1]
        } catch let error as TreeAccessError {
            guard error.reason == .notFound else { throw error }
            return nil
        }
    }

    /// Copies a directory's files into an empty volume, and gives the volume the directory's own attributes.
    ///
    /// - Parameters:
    ///   - volume: The volume's files.
    ///   - source: The directory.
    /// - Throws: `CopyError`, `TreeAccessError`, `SystemError`.
    func fill(_ volume: Directory, from source: any TreeDirectory) throws {
        let rule = CopyRule(owners: .kept, keepsExtendedAttributes: true)
        let target = OpenDirectory(volume, owners: OwnerRule(UpperForm.ofThisProcess))
        var copy = TreeCopy(into: target, rule, mayLackDevices: ImageStore.mayLackDevices)
        do {
            try copy.copyContents(of: source)
        } catch {
            // It was empty, and half of the files is worse than none.
            for name in try volume.list() { try volume.removeTree(name) }
            throw error
        }
        try target.setOwnAttributes(rule.change(.directory, source.ownEntry().attributes))
        try volume.synchronizeFileSystem()
    }
}
