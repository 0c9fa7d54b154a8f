/// A variant as a number that can be compared within its architecture.
///
/// Source: OCI image-spec `image-index.md`, table "Platform Variants".
struct PlatformVariant: Equatable {
    let architecture: String
    let major: Int
    let minor: Int

    /// Reads a variant in normalised form; nil when its form has no order that is known here.
    init?(_ variant: String?, of architecture: String) {
        guard let form = Self.form(of: architecture), let text = variant ?? form.ofNone, text.hasPrefix(form.prefix),
            text.hasSuffix(form.suffix), text.count > form.prefix.count + form.suffix.count
        else { return nil }
        let numbers = text.dropFirst(form.prefix.count).dropLast(form.suffix.count)
            .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let major = Self.number(numbers[0]), let minor = numbers.count == 1 ? 0 : Self.number(numbers[1]) else {
            return nil
        }
        self.architecture = architecture
        self.major = major
        self.minor = minor
    }

    /// How many steps another variant of this architecture lies below this one; nil when this one does not run it.
    func distance(to other: PlatformVariant) -> Int? {
        guard architecture == other.architecture, other.major <= major else { return nil }
        if architecture == "arm64", major == 9, other.major == 8 {
            // v9.0 parted from v8.5: v9.x runs v8.(x+5).
            return other.minor <= minor + 5 ? minor + 1 + (minor + 5 - other.minor) : nil
        }
        guard major == other.major else { return major - other.major }
        return other.minor <= minor ? minor - other.minor : nil
    }

    /// How the variants of an architecture are written, and which one it is when none is given.
    private static func form(of architecture: String) -> (prefix: String, suffix: String, ofNone: String?)? {
        switch architecture {
        case "arm64": ("v", "", "v8")
        case "amd64": ("v", "", "v1")
        case "arm": ("v", "", "v7")
        case "ppc64le": ("power", "", "power8")
        case "riscv64": ("rva", "u64", "rva20u64")
        default: nil
        }
    }

    private static func number(_ digits: Substring) -> Int? {
        (1...2).contains(digits.utf8.count) && digits.utf8.allSatisfy(ReferenceGrammar.isDigit) ? Int(digits) : nil
    }
}
