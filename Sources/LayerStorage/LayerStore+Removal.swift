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
        guard let root else { throw StorageError(.notFound, "", "No such image: \(text)") }
        let lock = try root.lock(file: StoreLayout.lockName, .exclusive)
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
        let unused = isGoing ? try unused(without: image) : Unused()
        if isGoing {
            events.append(.deletedImage(image.record.id))
            events += unused.chains.map { .deletedLayer($0) }
        }
        if let user { events.append(.keptImage(image.record.id, user.id)) }
        guard !isDryRun else { return events }
        for reference in going { try removeName(reference) }
        var trash: [String?] = []
        if isGoing {
            trash.append(try discard(StoreLayout.image(image.record.id)))
            for key in unused.keys { trash.append(try discard(StoreLayout.layer(key))) }
            for blob in unused.blobs { trash.append(try discard(StoreLayout.blob(blob))) }
        }
        withExtendedLifetime(lock) {}
        try emptyTrash(trash.compactMap(\.self))
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

    /// What goes with an image because no other has it.
    private struct Unused {
        /// Stacks, the top first.
        var chains: [ChainID] = []
        var keys: Set<LayerKey> = []
        var blobs: Set<BlobDigest> = []
    }

    private func unused(without image: StoredImage) throws -> Unused {
        let listing = try images()
        let layers = image.record.layers
        var unused = Unused(
            chains: ChainID.of(layers.map(\.diffID)).reversed(),
            keys: Set(layers.map(\.key)),
            // Blobs that no record names, of an image loaded in another compression since, go as well.
            blobs: Set(try digests(in: StoreLayout.blobs).map { BlobDigest($0) })
        )
        for other in listing.images where other.record.id != image.record.id {
            let others = Set(ChainID.of(other.record.layers.map(\.diffID)))
            unused.chains.removeAll { others.contains($0) }
            unused.keys.subtract(other.record.layers.map(\.key))
            unused.blobs.subtract(other.record.layers.compactMap(\.blobDigest))
        }
        let containers = try containers()
        for container in containers.records {
            let others = Set(ChainID.of(container.layers.map(\.diffID)))
            unused.chains.removeAll { others.contains($0) }
            unused.keys.subtract(container.layers.map(\.key))
        }
        // Nobody knows what a damaged image or container needs.
        if !(listing.problems + containers.problems).isEmpty { (unused.keys, unused.blobs) = ([], []) }
        return unused
    }
}
