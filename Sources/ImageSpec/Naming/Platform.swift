/// What an image runs on: an operating system, an architecture and perhaps a variant of it.
///
/// Source: OCI image-spec `image-index.md`, "platform"; names as Go's `GOOS` and `GOARCH`.
public struct Platform: Hashable, Sendable {
    /// The operating system (`linux`).
    public var os: String
    /// The architecture (`amd64`, `arm64`).
    public var architecture: String
    /// The variant of the architecture (`v7`), if one is given.
    public var variant: String?
    /// The version of the operating system, given for Windows only.
    public var osVersion: String?

    /// Makes a platform from names that are kept as they are.
    ///
    /// - Parameters:
    ///   - os: The operating system.
    ///   - architecture: The architecture.
    ///   - variant: The variant; empty counts as none.
    ///   - osVersion: The version of the operating system; empty counts as none.
    public init(os: String, architecture: String, variant: String? = nil, osVersion: String? = nil) {
        self.os = os
        self.architecture = architecture
        self.variant = variant == "" ? nil : variant
        self.osVersion = osVersion == "" ? nil : osVersion
    }

    /// Reads `os[/arch[/variant]]`, `os(version)/…`, or an architecture alone.
    ///
    /// - Parameters:
    ///   - text: What a user wrote; names are normalised (`x86_64` is `amd64`).
    ///   - host: The platform that gives the parts that the text leaves out.
    /// - Throws: `PlatformError`.
    public init(parsing text: String, host: Platform) throws(PlatformError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 3, let (name, version) = Self.splitVersion(parts[0]),
            parts.dropFirst().allSatisfy({ Self.isComponent($0) })
        else { throw .malformed(text) }
        let os = Self.normalizedOS(name)
        if parts.count > 1 {
            let variant = parts.count > 2 ? String(parts[2]) : nil
            self = Platform(os: os, architecture: String(parts[1]), variant: variant, osVersion: version).normalized
            // As containerd writes them: a default variant stays only when it was asked for.
            if architecture == "arm", variant == nil, self.variant == "v7" { self.variant = nil }
            if architecture == "arm64", variant != nil, self.variant == nil { self.variant = "v8" }
        } else if Self.knownOperatingSystems.contains(os) {
            self = Platform(os: os, architecture: host.architecture, variant: host.variant, osVersion: version)
        } else {
            self = Platform(os: host.os, architecture: String(name)).normalized
            guard Self.knownArchitectures.contains(architecture) else { throw .unknown(text) }
            if architecture == "arm", self.variant == "v7" { self.variant = nil }
        }
    }

    /// The same platform in the names of Go, the variant left out where it is the architecture's default.
    ///
    /// Source: containerd/platforms `database.go`.
    public var normalized: Platform {
        let (architecture, variant) = Self.normalizedArchitecture(architecture, variant)
        return Platform(os: Self.normalizedOS(os), architecture: architecture, variant: variant, osVersion: osVersion)
    }

    /// Whether this marks an entry that is no image: the attestations of BuildKit.
    public var isUnknown: Bool { os == "unknown" && architecture == "unknown" }

    /// The name and the version of `name(version)`; nil when it is written otherwise.
    private static func splitVersion(_ text: Substring) -> (name: Substring, version: String?)? {
        let name = text.prefix { $0 != "(" }
        guard isComponent(name) else { return nil }
        let rest = text[name.endIndex...]
        guard !rest.isEmpty else { return (name, nil) }
        guard rest.last == ")" else { return nil }
        let version = rest.dropFirst().dropLast()
        return isComponent(version) ? (name, String(version)) : nil
    }

    private static func isComponent(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                ReferenceGrammar.isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
            }
    }
}

extension Platform: CustomStringConvertible {
    /// The form `os/arch[/variant]`.
    public var description: String {
        "\(os)/\(architecture)" + (variant.map { "/\($0)" } ?? "")
    }
}
