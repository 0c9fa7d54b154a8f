import ImageSpec
import LayerArchive
package import LayerModel
import LayerSystem

extension LayerStore {
    /// No config that was let in is longer, whatever limits it was let in with.
    private static let configByteLimit = InputLimits.unlimited.count(.jsonBytes)

    /// Lists the images, the newest first, those of one time by their IDs.
    ///
    /// - Returns: The images, and a line for each damaged record: one damaged object takes nothing else away.
    /// - Throws: `SystemError`.
    package func images() throws -> (images: [StoredImage], problems: [String]) {
        let (images, problems) = try readImages()
        return (images, problems.lines.sorted())
    }

    /// Looks for something among all images.
    ///
    /// - Parameter look: Gets the images that can be read; gives what it finds.
    /// - Returns: What was found; nil when it is not there.
    /// - Throws: `SystemError` when nothing was found and an image could not be read: it might be that; what `look` throws.
    package func findImage<Found>(_ look: ([StoredImage]) throws -> Found?) throws -> Found? {
        let (images, problems) = try readImages()
        let found = try look(images)
        if found == nil { try problems.checkReadable() }
        return found
    }

    /// Reads all images with their names, the newest first.
    func readImages() throws -> (images: [StoredImage], problems: RecordProblems) {
        var (names, problems) = try readNames()
        var images: [StoredImage] = []
        for id in try imageIDs() {
            do {
                guard var image = try storedImage(id) else { continue }
                image.names = names.removeValue(forKey: id) ?? []
                images.append(image)
            } catch {
                try problems.add(error)
                names[id] = nil
            }
        }
        // Names go before their images and come after them: one that stands now, and whose image is not there now, is a stray.
        for name in names.values.joined() {
            guard try self.name(name.reference)?.id == name.id, try !imageIDs().contains(name.id) else { continue }
            problems.add("\(name.reference.familiar): its image \(name.id) is not in the store")
        }
        let never = Timestamp(seconds: .min)
        images.sort { left, right in
            let (leftTime, rightTime) = (left.config.created ?? never, right.config.created ?? never)
            return leftTime == rightTime
                ? left.record.id.description < right.record.id.description : leftTime > rightTime
        }
        return (images, problems)
    }

    /// Reads an image, without its names.
    ///
    /// - Parameter id: The image.
    /// - Returns: The image; nil when it is not there.
    /// - Throws: `StorageError` of kind `corrupt` for an image with a damaged document.
    package func storedImage(_ id: ImageID) throws -> StoredImage? {
        guard let record = try imageRecord(id), let directory = try root?.openIfPresent(StoreLayout.image(id)) else {
            return nil
        }
        guard let file = try directory.openFileIfPresent("config.json") else {
            throw StorageError(.corrupt, directory.label, "its config is missing")
        }
        let bytes = try file.readAll(byteLimit: Self.configByteLimit)
        guard Digest.of(bytes, id.digest.algorithm) == id.digest else {
            throw StorageError(.corrupt, file.label, "the image's config has another digest than the image")
        }
        do throws(SpecError) {
            let config = try ImageConfig(parsing: bytes, limits: .unlimited)
            return StoredImage(record: record, config: config, names: [])
        } catch {
            throw StorageError(.corrupt, file.label, error.description, cause: error)
        }
    }

    /// Reads an image's record alone.
    ///
    /// - Parameter id: The image.
    /// - Returns: The record; nil when there is none.
    /// - Throws: `StorageError` of kind `corrupt`, `SystemError`.
    func imageRecord(_ id: ImageID) throws -> ImageRecord? {
        guard let directory = try root?.openIfPresent(StoreLayout.image(id)),
            let json = try RecordFile.read("image.json", in: directory)
        else { return nil }
        let record = try ImageRecord(json, subject: directory.label)
        guard record.id == id else {
            throw StorageError(.corrupt, directory.label, "damaged record: it is that of image \(record.id)")
        }
        return record
    }

    /// The images that have a directory.
    func imageIDs() throws -> [ImageID] {
        try digests(in: StoreLayout.images).map { ImageID($0) }
    }

    /// The digests that objects of one kind are named by.
    func digests(in kind: String) throws -> [Digest] {
        var digests: [Digest] = []
        for algorithm in Digest.Algorithm.allCases {
            guard let directory = try root?.openIfPresent([kind, algorithm.rawValue]) else { continue }
            for name in try directory.list() {
                guard let bytes = Digest.decodeHex(name), bytes.count == algorithm.byteCount else { continue }
                digests.append(Digest(algorithm: algorithm, bytes: bytes))
            }
        }
        return digests
    }
}
