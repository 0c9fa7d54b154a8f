/// The productions of the reference grammar, each as a test of bytes.
///
/// Source: the comment at the head of `distribution/reference` `reference.go`.
enum ReferenceGrammar {
    typealias Bytes = Substring.UTF8View

    /// The parts behind the domain.
    struct Parts {
        let path: Substring
        let tag: Substring?
        let digest: Substring?
    }

    /// Takes the domain off a text, or adds the default one; `library/` is put before a one-word name at Docker Hub.
    static func splitDomain(of text: String) -> (domain: String, remainder: Substring) {
        var domain = ImageReference.defaultDomain
        var remainder = text[...]
        if let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")), namesDomain(text[..<slash]) {
            domain = text[..<slash] == "index.docker.io" ? domain : String(text[..<slash])
            remainder = text[text.utf8.index(after: slash)...]
        }
        if domain == ImageReference.defaultDomain, !remainder.utf8.contains(UInt8(ascii: "/")) {
            remainder = ImageReference.officialPrefix + remainder
        }
        return (domain, remainder)
    }

    /// Whether the word before the first slash is meant as a host and not as a part of the repository.
    private static func namesDomain(_ word: Substring) -> Bool {
        word == "localhost"
            || word.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") || isUppercase($0) }
    }

    /// `path [":" tag] ["@" digest]`, or nil when the bytes are not in that form.
    static func parts(of bytes: Bytes) -> Parts? {
        let name = bytes.prefix { $0 != UInt8(ascii: "@") }
        let path = name.prefix { $0 != UInt8(ascii: ":") }
        let tag = path.endIndex < name.endIndex ? name[name.index(after: path.endIndex)...] : nil
        let digest = name.endIndex < bytes.endIndex ? bytes[bytes.index(after: name.endIndex)...] : nil
        guard isPath(path), tag.map(isTag) ?? true, digest.map(isDigest) ?? true else { return nil }
        return Parts(path: Substring(path), tag: tag.map { Substring($0) }, digest: digest.map { Substring($0) })
    }

    /// `host [":" port]`, the host a name, an IPv4 address or an IPv6 address in brackets.
    static func isDomain(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
        if bytes.first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let address = bytes[bytes.index(after: bytes.startIndex)..<close]
            return !address.isEmpty && address.allSatisfy { isAnyHexDigit($0) || $0 == UInt8(ascii: ":") }
                && isOptionalPort(bytes[bytes.index(after: close)...])
        }
        let host = bytes.prefix { $0 != UInt8(ascii: ":") }
        return isOptionalPort(bytes[host.endIndex...])
            && host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { component in
                guard let first = component.first, let last = component.last else { return false }
                return isAlphanumeric(first) && isAlphanumeric(last)
                    && component.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isOptionalPort(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.isEmpty || bytes.first == UInt8(ascii: ":") && bytes.count > 1 && bytes.dropFirst().allSatisfy(isDigit)
    }

    /// Components of lower-case letters and digits with a slash between them.
    private static func isPath(_ bytes: Bytes.SubSequence) -> Bool {
        bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { component in
            guard let first = component.first, let last = component.last, isLowerAlphanumeric(first),
                isLowerAlphanumeric(last)
            else { return false }
            return component.split(whereSeparator: isLowerAlphanumeric).allSatisfy(isSeparator)
        }
    }

    /// One period, one or two underscores, or any number of dashes.
    private static func isSeparator(_ run: Bytes.SubSequence) -> Bool {
        run.elementsEqual(".".utf8) || run.elementsEqual("_".utf8) || run.elementsEqual("__".utf8)
            || run.allSatisfy { $0 == UInt8(ascii: "-") }
    }

    /// A letter, digit or underscore, and up to 127 more of them, of periods and of dashes.
    static func isTag(_ bytes: some Collection<UInt8>) -> Bool {
        guard let first = bytes.first, isWord(first), bytes.count <= 128 else { return false }
        return bytes.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }

    /// `algorithm:hex`, the algorithm words that begin with a letter, the hexadecimal at least 32 digits.
    private static func isDigest(_ bytes: some Collection<UInt8>) -> Bool {
        let algorithm = bytes.prefix { $0 != UInt8(ascii: ":") }
        let hex = bytes[algorithm.endIndex...].dropFirst()
        let words = algorithm.split(omittingEmptySubsequences: false) { Array("-_+.".utf8).contains($0) }
        return hex.count >= 32 && hex.allSatisfy(isAnyHexDigit)
            && words.allSatisfy { word in
                guard let first = word.first else { return false }
                return isAlphanumeric(first) && !isDigit(first) && word.allSatisfy(isAlphanumeric)
            }
    }

    /// Exactly 64 lower-case hexadecimal digits.
    static func isIdentifier(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.count == 64 && bytes.allSatisfy(isHexDigit)
    }
}
