package import ImageSpec

/// Which platform's image is wanted of several.
package struct PlatformRequest: Hashable, Sendable {
    /// The platform.
    package let platform: Platform
    /// Whether the user asked for it.
    ///
    /// What was not asked for gives way to the only image of a file, as with `docker load`.
    package let isExplicit: Bool

    /// Wants what suits the host.
    ///
    /// - Parameter host: The host's platform.
    /// - Returns: The request.
    package static func host(_ host: Platform) -> PlatformRequest {
        PlatformRequest(platform: host, isExplicit: false)
    }

    /// Wants what the user asked for, and no other architecture.
    ///
    /// - Parameter platform: The value of `--platform`.
    /// - Returns: The request.
    package static func explicit(_ platform: Platform) -> PlatformRequest {
        PlatformRequest(platform: platform, isExplicit: true)
    }

    /// Whether the only image of a file is taken although it does not serve: of another architecture yes, of another operating
    /// system not, unless nobody knows which.
    ///
    /// Source: moby `image/tarexport/load.go` (`checkCompatibleOS`).
    func accepts(onlyImageFor offered: Platform?) -> Bool {
        guard !isExplicit else { return rank(of: offered) != nil }
        return offered.map { $0.normalized.os == platform.normalized.os } ?? true
    }

    /// How well an image serves: 0 best, nil when it does not.
    ///
    /// One that does not say what it runs on serves nobody who asked.
    func rank(of offered: Platform?) -> Int? {
        offered.flatMap { platform.rank(of: $0, isStrict: isExplicit) }
    }

    /// The error about an image that is there for other platforms only.
    ///
    /// Source: moby `daemon/images/image.go`.
    func mismatch(_ name: String, _ subject: TransportError.Subject, offered: [Platform?]) -> TransportError {
        var reason = "image with reference \(name) was found but does not match the specified platform: "
        reason += "wanted \(platform)"
        let others = offered.map { $0.map(\.description) ?? "unknown" }
        if !others.isEmpty { reason += ", found " + others.joined(separator: ", ") }
        return TransportError(.platform, subject, reason)
    }
}
