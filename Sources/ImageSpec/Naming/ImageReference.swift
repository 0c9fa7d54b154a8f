public import LayerModel

/// The name of an image: where it comes from, its repository, and a tag, a digest, both or neither.
///
/// People write the familiar form (`busybox`); it is kept in the canonical one (`docker.io/library/busybox`).
///
/// Source: the grammar of `distribution/reference`, which Docker, podman and containerd share.
public struct ImageReference: Hashable, Sendable {
    /// The longest repository that is accepted, in bytes.
    public static let nameByteLimit = 255
    /// The domain of a name that is written without one.
    public static let defaultDomain = "docker.io"
    /// The tag of a name that is written without tag and digest.
    public static let defaultTag = "latest"

    static let officialPrefix = "library/"

    /// The registry's host, with its port if there is one.
    public let domain: String
    /// The repository at that registry.
    public let path: String
    /// The tag, if one is given.
    public let tag: String?
    /// The digest of the manifest or index, if one is given.
    public let digest: Digest?

    init(domain: String, path: String, tag: String?, digest: Digest?) {
        self.domain = domain
        self.path = path
        self.tag = tag
        self.digest = digest
    }

    /// Reads a name in familiar or canonical form, without adding a tag to it.
    ///
    /// - Parameter text: The name as a user or an archive writes it.
    /// - Throws: `ReferenceError` that says which part is wrong.
    public init(parsing text: String) throws(ReferenceError) {
        guard !text.isEmpty else { throw .empty }
        guard !ReferenceGrammar.isIdentifier(text.utf8) else { throw .looksLikeID(text) }
        let split = ReferenceGrammar.splitDomain(of: text)
        let repository = split.remainder.prefix { $0 != ":" }
        // The check comes before the grammar's, so that the error tells what to do; a digest may be behind the name.
        guard !repository.prefix(while: { $0 != "@" }).utf8.contains(where: ReferenceGrammar.isUppercase) else {
            throw .uppercaseRepository(String(repository))
        }
        guard let parts = ReferenceGrammar.parts(of: split.remainder.utf8), ReferenceGrammar.isDomain(split.domain.utf8)
        else { throw .malformed(text) }
        guard parts.path.count <= Self.nameByteLimit else { throw .nameTooLong(String(parts.path)) }
        domain = split.domain
        path = String(parts.path)
        tag = parts.tag.map { String($0) }
        do throws(DigestError) {
            digest = if let digest = parts.digest { try Digest(parsing: String(digest)) } else { nil }
        } catch { throw .digest(error) }
    }

    /// The repository with its domain (`docker.io/library/busybox`).
    public var name: String { "\(domain)/\(path)" }

    /// The repository as people write it (`busybox`), or its full name where the short one would be read as another.
    public var familiarName: String {
        guard domain == Self.defaultDomain else { return name }
        let short = path.hasPrefix(Self.officialPrefix) ? officialName : path
        // `docker.io/host.example/app` without its domain names an image of `host.example`.
        let readAgain = ReferenceGrammar.splitDomain(of: short)
        return readAgain.domain == domain && readAgain.remainder == path ? short : name
    }

    /// The path without `library/`, where one word follows.
    private var officialName: String {
        let remainder = path.dropFirst(Self.officialPrefix.count)
        return remainder.contains("/") ? path : String(remainder)
    }

    /// The whole reference as people write it (`busybox:latest`).
    public var familiar: String { familiarName + suffix }

    /// This reference with the tag `latest` when it has neither tag nor digest.
    public var withDefaultTag: ImageReference {
        guard tag == nil, digest == nil else { return self }
        return ImageReference(domain: domain, path: path, tag: Self.defaultTag, digest: nil)
    }

    /// The same repository with that tag and without a digest.
    ///
    /// - Parameter tag: The new tag.
    /// - Returns: The reference `name:tag`.
    /// - Throws: `ReferenceError.malformedTag`.
    public func with(tag: String) throws(ReferenceError) -> ImageReference {
        guard ReferenceGrammar.isTag(tag.utf8) else { throw .malformedTag(tag) }
        return ImageReference(domain: domain, path: path, tag: tag, digest: nil)
    }

    /// The same repository with that digest and without a tag.
    public func with(digest: Digest) -> ImageReference {
        ImageReference(domain: domain, path: path, tag: nil, digest: digest)
    }

    /// The same repository without tag and digest.
    public var repository: ImageReference {
        ImageReference(domain: domain, path: path, tag: nil, digest: nil)
    }

    /// Whether a text can be the beginning of an image ID: hexadecimal digits, 64 at most, perhaps behind `sha256:`.
    ///
    /// Such a text can be a name as well (`beef`); which one is meant is for the store to say.
    public static func isPossibleIDPrefix(_ text: String) -> Bool {
        let prefix = "sha256:"
        let digits = (text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...]).utf8
        return (1...64).contains(digits.count) && digits.allSatisfy(ReferenceGrammar.isHexDigit)
    }

    private var suffix: String {
        (tag.map { ":\($0)" } ?? "") + (digest.map { "@\($0)" } ?? "")
    }
}

extension ImageReference: CustomStringConvertible {
    /// The canonical form (`docker.io/library/busybox:latest`).
    public var description: String { name + suffix }
}

extension ImageReference: Comparable {
    /// Orders by the bytes of the canonical form.
    public static func < (left: ImageReference, right: ImageReference) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }
}
