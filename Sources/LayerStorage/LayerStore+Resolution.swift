import ImageSpec
package import LayerModel

extension LayerStore {
    /// Finds an image as Docker does: a whole ID, a name, a name with a digest, the beginning of an ID.
    ///
    /// Source: moby `daemon/images/image.go`, `GetImage`.
    ///
    /// - Parameter text: What the user wrote.
    /// - Returns: The image with its names.
    /// - Throws: `StorageError`: `notFound`, `conflict` for a beginning that several IDs have, `corrupt`; `SystemError`, also when a
    ///   name cannot be read, which may be the image's.
    package func resolve(_ text: String) throws -> StoredImage {
        let id = try imageID(text)
        guard var image = try storedImage(id) else {
            throw StorageError(.corrupt, "", "image \(id) of \(text) is not in the store")
        }
        image.names = try certainNames()[id] ?? []
        return image
    }

    /// The image that a text means.
    func imageID(_ text: String) throws -> ImageID {
        if let id = try wholeID(text) ?? named(text) ?? beginning(text) { return id }
        throw StorageError(.notFound, "", "No such image: \(Self.inMessage(text))")
    }

    /// Docker shows a name with the tag that it looked for.
    private static func inMessage(_ text: String) -> String {
        guard let reference = reference(text) else { return text }
        return reference.digest == nil ? reference.withDefaultTag.familiar : reference.familiar
    }

    static func reference(_ text: String) -> ImageReference? {
        do throws(ReferenceError) {
            return try ImageReference(parsing: text)
        } catch {
            return nil
        }
    }

    /// The digest that a text is; nil for any other text.
    package static func digest(_ text: String) -> Digest? {
        do throws(DigestError) {
            return try Digest(parsing: text)
        } catch {
            return nil
        }
    }

    private func wholeID(_ text: String) throws -> ImageID? {
        let full = text.utf8.count == 64 ? "sha256:" + text : text
        guard let digest = Self.digest(full) else { return nil }
        return try imageIDs().contains(ImageID(digest)) ? ImageID(digest) : nil
    }

    private func named(_ text: String) throws -> ImageID? {
        guard let reference = Self.reference(text) else { return nil }
        guard let digest = reference.digest else { return try name(reference.withDefaultTag)?.id }
        let found = try findImage { images in
            images.first { image in
                image.record.manifestDigest?.digest == digest
                    && image.names.contains { $0.reference.name == reference.name }
            }
        }
        return found?.record.id
    }

    private func beginning(_ text: String) throws -> ImageID? {
        let digits = text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text
        guard ImageReference.isPossibleIDPrefix(digits) else { return nil }
        let found = try imageIDs().filter { $0.digest.hex.hasPrefix(digits) }
        guard found.count < 2 else {
            throw StorageError(.conflict, "", "\(text) is the beginning of the IDs of \(found.count) images")
        }
        return found.first
    }
}
