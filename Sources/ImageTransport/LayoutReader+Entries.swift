import ImageSpec
import LayerModel

extension LayoutReader {
    /// Makes the images of a layout out of the entries of its `index.json`.
    ///
    /// Entries with one digest are one image with several names; entries with one name, and entries without any name, are one image
    /// for several platforms when no two of them are for the same one.
    ///
    /// - Parameter manifests: The entries.
    /// - Returns: The images in the order of the index; entries that lead to no image have no part in them.
    /// - Throws: `TransportError`.
    func entries(of manifests: [Descriptor]) throws -> [CatalogEntry] {
        var entries: [CatalogEntry] = []
        for (position, descriptor) in manifests.enumerated() {
            let candidates = try imageManifests(below: descriptor).map {
                LayoutCandidate(descriptor: $0, position: position)
            }
            guard !candidates.isEmpty else { continue }
            let names = ImageNames.layout(descriptor.annotations)
            let entry = CatalogEntry(positions: [position], names: names, origin: .layout(candidates))
            if let same = entries.firstIndex(where: { digests($0) == digests(entry) }) {
                entries[same].positions.append(position)
                entries[same].names.add(names)
            } else if !names.isEmpty,
                let other = try entries.firstIndex(where: { try isOtherPlatform(of: $0, entry) })
            {
                entries[other] = joined([entries[other], entry])
            } else {
                entries.append(entry)
            }
        }
        for entry in entries where entry.names.raw.count > limits.count(.tags) {
            throw limits.tooMany("tags", .tags, documents.contents.subject("index.json".utf8))
        }
        return try joiningUnnamed(entries)
    }

    /// The image manifests of an entry.
    func candidates(_ entry: CatalogEntry) -> [LayoutCandidate] {
        guard case .layout(let candidates) = entry.origin else { return [] }
        return candidates
    }

    /// What a candidate runs on; nil when neither index nor config says so, or the blobs are not there.
    func platform(_ candidate: LayoutCandidate) throws -> Platform? {
        try candidate.descriptor.platform ?? manifest(candidate.descriptor)?.platform
    }

    private func digests(_ entry: CatalogEntry) -> [String] {
        candidates(entry).map(\.descriptor.digestText)
    }

    private func joined(_ entries: [CatalogEntry]) -> CatalogEntry {
        var whole = entries[0]
        for entry in entries.dropFirst() {
            whole.positions += entry.positions
            whole.origin = .layout(candidates(whole) + candidates(entry))
        }
        return whole
    }

    private func isOtherPlatform(of other: CatalogEntry, _ entry: CatalogEntry) throws -> Bool {
        guard other.names.raw == entry.names.raw else { return false }
        return try haveDistinctPlatforms(candidates(other) + candidates(entry))
    }

    private func joiningUnnamed(_ entries: [CatalogEntry]) throws -> [CatalogEntry] {
        let unnamed = entries.filter(\.names.isEmpty)
        guard unnamed.count > 1, try haveDistinctPlatforms(unnamed.flatMap(candidates)) else { return entries }
        var isFirst = true
        return entries.compactMap { entry in
            guard entry.names.isEmpty else { return entry }
            defer { isFirst = false }
            return isFirst ? joined(unnamed) : nil
        }
    }

    private func haveDistinctPlatforms(_ candidates: [LayoutCandidate]) throws -> Bool {
        var seen: Set<Platform> = []
        for candidate in candidates {
            guard let platform = try platform(candidate), seen.insert(platform.normalized).inserted else {
                return false
            }
        }
        return true
    }
}
