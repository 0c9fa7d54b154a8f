import ImageSpec
import LayerModel

/// The names that a file gives an image: as they are written, and those of them that Docker's grammar allows.
struct ImageNames {
    /// The names as they are written, whatever their form.
    private(set) var raw: [String] = []
    /// The names that can be given to an image in a store, each with a tag.
    private(set) var references: [ImageReference] = []

    /// Whether there are no names.
    var isEmpty: Bool { raw.isEmpty }

    /// Adds the names of another entry for the same image.
    mutating func add(_ other: ImageNames) {
        raw += other.raw.filter { !raw.contains($0) }
        references += other.references.filter { !references.contains($0) }
    }

    /// Reads the names of one image in a docker-archive: each must be one.
    ///
    /// - Parameters:
    ///   - tags: The member `RepoTags`, or a repository with its tag.
    ///   - subject: What the error names.
    ///   - limits: How many there may be.
    /// - Returns: The names.
    /// - Throws: `TransportError` for a text that is no name, or looks like an image ID, and for too many of them.
    static func docker(
        _ tags: [String],
        _ subject: TransportError.Subject,
        _ limits: InputLimits
    ) throws -> ImageNames {
        guard tags.count <= limits.count(.tags) else { throw limits.tooMany("tags", .tags, subject) }
        var names = ImageNames()
        // What Docker before 1.10 wrote for an image without a name.
        for tag in tags where tag != "<none>:<none>" {
            let reference = try TransportError.naming(subject) { try ImageReference(parsing: tag) }
            if reference.digest != nil {
                throw TransportError(.invalid, subject, "invalid tag \"\(tag)\": it has a digest")
            }
            names.add(ImageNames(raw: [tag], references: [reference.withDefaultTag]))
        }
        return names
    }

    /// Reads the names in the annotations of an entry of `index.json`.
    ///
    /// Docker, containerd and nerdctl put the full name in one annotation and the tag alone in the other; podman, skopeo and umoci
    /// have the other only, with a full name or a text of any kind. A text that is no full name chooses an image of the file, and
    /// names none in a store (contract L-114).
    ///
    /// - Parameter annotations: The descriptor's annotations.
    /// - Returns: The names.
    static func layout(_ annotations: [String: String]) -> ImageNames {
        let full = annotations["io.containerd.image.name"]
        let name = annotations["org.opencontainers.image.ref.name"]
        var names = ImageNames(raw: full.map { [$0] } ?? [], references: [])
        names.add(ImageNames(raw: name.map { [$0] } ?? [], references: []))
        let candidate = full ?? name.flatMap { $0.contains("/") || $0.contains(":") ? $0 : nil }
        if let reference = candidate.flatMap(reference), reference.digest == nil {
            names.references = [reference.withDefaultTag]
        }
        return names
    }

    /// The reference that a text is, if it is one.
    static func reference(_ text: String) -> ImageReference? {
        do throws(ReferenceError) {
            return try ImageReference(parsing: text)
        } catch {
            return nil
        }
    }
}
