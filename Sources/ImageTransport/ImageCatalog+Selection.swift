import ImageSpec

extension ImageCatalog {
    /// Chooses the images that a selector means: all of them without one.
    ///
    /// - Parameter selector: What stands behind the colon of `FILE:REF` or `FILE:@N`.
    /// - Returns: The images; exactly one when there is a selector.
    /// - Throws: `TransportError` that lists the choices.
    func choose(_ selector: ImageSelector?) throws -> [CatalogEntry] {
        switch selector {
        case nil:
            if !entries.isEmpty { return entries }
            if let first = indexEntries.first { throw noImage(first) }
            throw TransportError(.notFound, subject, "there is no image in it")
        case .position(let position): return [try entry(at: position)]
        case .name(let name): return [try entry(named: name)]
        }
    }

    /// The error about several images where one is wanted.
    var ambiguity: TransportError {
        let reason = "choose one of \(entries.count) images with FILE:REF or FILE:@N: \(choices)"
        return TransportError(.ambiguous, subject, reason)
    }

    private var choices: String {
        entries.isEmpty ? "there is none" : entries.map(\.choice).joined(separator: ", ")
    }

    private func noImage(_ descriptor: Descriptor) -> TransportError {
        let type = descriptor.artifactType ?? descriptor.mediaType.rawValue
        return TransportError(.unsupported, subject, "not a container image: it holds \"\(type)\"")
    }

    private func entry(at position: Int) throws -> CatalogEntry {
        guard var entry = entries.first(where: { $0.positions.contains(position) }) else {
            if indexEntries.indices.contains(position) { throw noImage(indexEntries[position]) }
            throw TransportError(.notFound, subject, "no image @\(position): \(choices)")
        }
        if case .layout(let candidates) = entry.origin {
            let own = candidates.filter { $0.position == position }
            if !own.isEmpty { entry.origin = .layout(own) }
        }
        return entry
    }

    /// Finds the image of a name: as a reference, or else letter by letter.
    private func entry(named name: String) throws -> CatalogEntry {
        var found: [CatalogEntry] = []
        if let reference = ImageNames.reference(name)?.withDefaultTag {
            found = entries.filter { $0.isNamed(reference) }
        }
        if found.isEmpty { found = entries.filter { $0.names.raw.contains(name) } }
        guard let first = found.first else {
            throw TransportError(.notFound, subject, "no image \"\(name)\": \(choices)")
        }
        guard found.count == 1 else {
            let reason = "\"\(name)\" names \(found.count) images, choose one with FILE:@N: "
            throw TransportError(.ambiguous, subject, reason + found.map(\.choice).joined(separator: ", "))
        }
        return first
    }
}
