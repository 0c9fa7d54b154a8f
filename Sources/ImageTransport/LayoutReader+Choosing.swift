import ImageSpec

extension LayoutReader {
    /// Chooses the manifest for a platform.
    ///
    /// - Parameters:
    ///   - entry: The image.
    ///   - request: The platform.
    /// - Returns: The best manifest that is in the archive; of equals the first.
    /// - Throws: `TransportError` that says what there is instead.
    func choose(_ entry: CatalogEntry, _ request: PlatformRequest) throws -> LoadedManifest {
        let candidates = candidates(entry)
        var ranked: [(rank: Int, candidate: LayoutCandidate)] = []
        for candidate in candidates {
            if let rank = request.rank(of: try platform(candidate)) { ranked.append((rank, candidate)) }
        }
        // The sort is stable: of equals the first of the index comes first (contract L-121).
        ranked.sort { $0.rank < $1.rank }
        for (_, candidate) in ranked {
            if let manifest = try manifest(candidate.descriptor), manifest.isImage { return manifest }
        }
        if !request.isExplicit {
            let present = try images(candidates)
            if present.count == 1, request.accepts(onlyImageFor: present[0].platform) { return present[0] }
        }
        throw try refusal(entry, ranked.map(\.candidate), request)
    }

    /// Whether any image of an entry is in the archive.
    func hasImage(_ entry: CatalogEntry) throws -> Bool {
        try candidates(entry).contains { try manifest($0.descriptor)?.isImage == true }
    }

    /// The images that are in the archive.
    func images(_ candidates: [LayoutCandidate]) throws -> [LoadedManifest] {
        try candidates.compactMap { candidate in
            guard let manifest = try manifest(candidate.descriptor), manifest.isImage else { return nil }
            return manifest
        }
    }

    /// Why no manifest of an image can be chosen.
    private func refusal(
        _ entry: CatalogEntry,
        _ wanted: [LayoutCandidate],
        _ request: PlatformRequest
    ) throws -> TransportError {
        let offered = try candidates(entry).filter { try manifest($0.descriptor)?.manifest.isArtifact != true }
        guard let first = wanted.first ?? offered.first else {
            let artifact = try candidates(entry).first.flatMap { try manifest($0.descriptor) }
            return Self.notAnImage(documents.contents.subject, artifact?.manifest.config.mediaType)
        }
        if let absent = try absence(wanted.isEmpty && offered.count == 1 ? first : wanted.first) { return absent }
        let platforms = try offered.map(platform)
        return request.mismatch(entry.title, documents.contents.subject, offered: platforms)
    }

    /// The error about a candidate that would be taken if it were there.
    private func absence(_ candidate: LayoutCandidate?) throws -> TransportError? {
        guard let candidate else { return nil }
        let descriptor = candidate.descriptor
        guard let manifest = try manifest(descriptor) else {
            return TransportError(.corrupt, documents.subject(descriptor), "the manifest's blob is not in the archive")
        }
        guard !manifest.manifest.isArtifact, manifest.config == nil else { return nil }
        return TransportError(
            .corrupt,
            documents.subject(manifest.manifest.config),
            "the config's blob is not in the archive"
        )
    }

    /// The error about something that is kept like an image and is none (contract L-132).
    static func notAnImage(_ subject: TransportError.Subject, _ type: MediaType?) -> TransportError {
        let detail = type.map { ": the config is of type \"\($0)\"" } ?? ""
        return TransportError(.unsupported, subject, "not a container image" + detail)
    }
}
