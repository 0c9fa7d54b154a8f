import ImageSpec
import LayerArchive
import LayerModel
import LayerSystem

extension LayerStore {
    /// Removes a name, and its image with the last one; or an image with all its names.
    ///
    /// Waits until nobody adds to the store: what they count on must stay.
    ///
    /// Source: moby `daemon/images/image_delete.go`, `ImageDelete`.
    ///
    /// - Parameters:
    ///   - text: A name or an ID.
    ///   - isForced: Whether an image goes although several repositories have it, and the names of one that a container uses.
    ///   - isDryRun: Whether only to say what would go.
    ///   - mountPoint: Where an image is shown as a directory; nil where it is not.
    /// - Returns: What was done, in order.
    /// - Throws: `StorageError`: `notFound`, or `conflict`.
    package func remove(
        _ text: String,
        isForced: Bool,
        isDryRun: Bool,
        mountPoint: (StoredImage) throws -> [UInt8]? = { _ in nil }
    ) throws -> [RemovalEvent] {
        guard root != nil else { throw StorageError(.notFound, "", "No such image: \(text)") }
        let lock = try lockToDelete()
        let image = try resolve(text)
        let isByName = try isName(text, of: image)
        var going = image.names.map(\.reference)
        if isByName, let reference = Self.reference(text) {
            going = reference.digest == nil ? [reference.withDefaultTag] : going.filter { $0.name == reference.name }
        } else if Set(going.map(\.name)).count > 1, !isForced {
            let id = String(image.record.id.digest.hex.prefix(12))
            let reason = "unable to delete \(id) (must be forced) - image is referenced in multiple repositories"
            throw StorageError(.conflict, "conflict", reason)
        }
        let isLast = going.count == image.names.count
        let user = isLast ? try user(of: image) : nil
        if let user, !isForced || going.isEmpty {
            throw Self.inUse(image, by: user, name: isByName ? text : nil, isForced)
        }
        if isLast, user == nil, let place = try mountPoint(image) {
            let id = image.record.id.digest.hex.prefix(12)
            let reason = "unable to delete \(id) (cannot be forced) - image is mounted at \(EscapedText.name(place))"
            throw StorageError(.conflict, "conflict", reason)
        }
        var events = going.map { RemovalEvent.untagged($0) }
        let isGoing = isLast && user == nil
        let unneeded = isGoing ? try unneeded(without: image) : StoreMark.Unneeded()
        if isGoing {
            events.append(.deletedImage(image.record.id))
            events += unneeded.chains.map { .deletedLayer($0) }
        }
        if let user { events.append(.keptImage(image.record.id, user.id)) }
        guard !isDryRun else { return events }
        for reference in going { try removeName(reference) }
        let trash = isGoing ? try discard(image.record.id, unneeded) : []
        withExtendedLifetime(lock) {}
        try emptyTrash(trash)
        return events
    }

    /// Whether a text found an image by one of its names rather than by its ID.
    private func isName(_ text: String, of image: StoredImage) throws -> Bool {
        guard let reference = Self.reference(text), !image.record.id.digest.hex.elementsEqual(text) else {
            return false
        }
        if reference.digest != nil { return image.names.contains { $0.reference.name == reference.name } }
        return image.names.contains { $0.reference == reference.withDefaultTag }
    }

    /// What goes with an image because nothing else has it.
    private func unneeded(without image: StoredImage) throws -> StoreMark.Unneeded {
        var mark = try StoreMark(of: self)
        var unneeded = mark.remove(image.record.layers)
        // Blobs that no record names, of an image loaded in another compression since, go as well.
        unneeded.blobs.formUnion(try blobDigests().filter { !mark.needs($0) })
        return unneeded
    }

    /// The stored bytes of layers that are kept.
    func blobDigests() throws -> [BlobDigest] { try digests(in: StoreLayout.blobs).map { BlobDigest($0) } }
}
