extension Platform {
    /// How well a candidate serves this platform: 0 best, nil when it does not run here at all.
    ///
    /// A higher variant runs what was built for a lower one; unless the choice is strict, an architecture also runs its 32-bit
    /// predecessor (386 on amd64, arm on arm64), after everything of its own.
    ///
    /// Source: OCI image-spec `image-index.md`, "Platform Variants"; containerd/platforms `compare.go`.
    ///
    /// - Parameters:
    ///   - candidate: The platform of an image.
    ///   - isStrict: Whether the architecture must be the same.
    /// - Returns: The rank, or nil.
    public func rank(of candidate: Platform, isStrict: Bool = false) -> Int? {
        let wanted = normalized
        let offered = candidate.normalized
        guard wanted.os == offered.os, osVersion == nil || osVersion == candidate.osVersion else { return nil }
        let served = isStrict ? [wanted] : [wanted] + wanted.predecessor
        for (place, platform) in served.enumerated() where platform.architecture == offered.architecture {
            guard let distance = platform.distance(to: offered.variant) else { continue }
            return place * 1_000 + distance
        }
        return nil
    }

    /// Chooses among the entries of an index: the best one, and of equals the first (contract L-121).
    ///
    /// - Parameters:
    ///   - candidates: The platforms in the order of the index; nil where an entry has none. Those and unknown ones are passed over.
    ///   - isStrict: Whether the architecture must be the same.
    /// - Returns: The place of the best entry, or nil when none serves.
    public func bestMatch(among candidates: [Platform?], isStrict: Bool = false) -> Int? {
        var best: (place: Int, rank: Int)?
        for (place, candidate) in candidates.enumerated() {
            guard let candidate, !candidate.isUnknown, let rank = rank(of: candidate, isStrict: isStrict) else {
                continue
            }
            if best.map({ rank < $0.rank }) ?? true { best = (place, rank) }
        }
        return best?.place
    }

    /// The 32-bit platform that this one runs as well.
    private var predecessor: [Platform] {
        switch architecture {
        case "amd64": [Platform(os: os, architecture: "386")]
        case "arm64": [Platform(os: os, architecture: "arm", variant: "v8")]
        default: []
        }
    }

    /// How far a variant lies below this platform's; nil when it lies above or cannot be compared.
    private func distance(to offered: String?) -> Int? {
        if offered == variant { return 0 }
        guard let own = PlatformVariant(variant, of: architecture),
            let other = PlatformVariant(offered, of: architecture)
        else { return nil }
        return own.distance(to: other)
    }
}
