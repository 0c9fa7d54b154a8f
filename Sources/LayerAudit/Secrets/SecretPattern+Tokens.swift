/// What a token looks like behind its prefix.
struct TokenShape: Sendable {
    /// The bytes that it is made of.
    var alphabet = ByteSet.alphanumeric
    /// How many of them there are.
    var length: ClosedRange<Int>
    /// What its bytes are worth at least, in bits each: what people write in a token's place is worth less.
    var entropy = 3.0

    /// The place of a token that begins with a prefix.
    ///
    /// - Parameters:
    ///   - window: The bytes.
    ///   - start: Where the prefix begins.
    ///   - prefixCount: How long the prefix is.
    /// - Returns: The token with its prefix; nil where what stands there is none.
    func token(in window: ByteWindow, at start: Int, prefixCount: Int) -> Range<Int>? {
        // A token in the middle of a word is part of something longer: names, or encoded data.
        let before = window[start - 1]
        guard !ByteSet.alphanumeric.contains(before), before != UInt8(ascii: "_"), before != UInt8(ascii: "+") else {
            return nil
        }
        let body = start + prefixCount
        let end = window.end(of: alphabet, from: body, limit: length.upperBound + 1)
        guard length.contains(end - body), !ByteSet.base64.contains(window[end]) else { return nil }
        let text = window.bytes[body..<end]
        guard SecretText.entropy(text) >= entropy, !SecretText.isPlaceholder(text) else { return nil }
        return start..<end
    }
}

extension SecretPattern {
    /// Makes a pattern of a prefix and what follows.
    init(_ rule: AuditRule, _ prefix: String, _ name: String, _ shape: TokenShape) {
        let count = prefix.utf8.count
        self.init(rule, prefix) { window, start in
            shape.token(in: window, at: start, prefixCount: count).map { Hit(secret: $0, name: name) }
        }
    }

    /// Tokens that begin with what says whose they are.
    static let tokens: [SecretPattern] = {
        let github = TokenShape(length: 36...255)
        let gitlab = TokenShape(alphabet: .base64URL, length: 20...64)
        let slack = TokenShape(alphabet: .alphanumeric.union(ByteSet("-")), length: 20...250)
        let stripe = TokenShape(length: 24...247)
        var patterns = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map {
            SecretPattern(.github, $0, "GitHub token", github)
        }
        patterns += ["glpat-", "glptt-", "gldt-", "glrt-"].map { SecretPattern(.gitlab, $0, "GitLab token", gitlab) }
        patterns += ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-"].map {
            SecretPattern(.slack, $0, "Slack token", slack)
        }
        patterns += ["sk_live_", "rk_live_"].map { SecretPattern(.stripe, $0, "Stripe live key", stripe) }
        patterns += [
            SecretPattern(
                .github,
                "github_pat_",
                "GitHub token",
                TokenShape(alphabet: .alphanumeric.union(ByteSet("_")), length: 60...255)
            ),
            SecretPattern(.npm, "npm_", "npm token", TokenShape(length: 36...36)),
            SecretPattern(.pypi, "pypi-AgE", "PyPI token", TokenShape(alphabet: .base64URL, length: 50...1024)),
            SecretPattern(
                .gcp,
                "AIza",
                "Google API key",
                TokenShape(alphabet: .base64URL, length: 35...35, entropy: 3.5)
            ),
            SecretPattern(
                .gcp,
                "GOCSPX-",
                "Google client secret",
                TokenShape(alphabet: .base64URL, length: 28...28)
            ),
            SecretPattern(
                .otherToken,
                "dckr_pat_",
                "Docker Hub token",
                TokenShape(alphabet: .base64URL, length: 20...64)
            ),
            SecretPattern(.otherToken, "dop_v1_", "DigitalOcean token", TokenShape(length: 64...64)),
            SecretPattern(.otherToken, "hvs.", "Vault token", TokenShape(alphabet: .base64URL, length: 90...200)),
            SecretPattern(
                .otherToken,
                "AGE-SECRET-KEY-1",
                "age key",
                TokenShape(alphabet: .upper.union(.digits), length: 58...58)
            ),
        ]
        return patterns
    }()
}
