import Testing

/// Secrets of every kind that nobody ever had, put together here so that no text of this repository holds one whole.
struct SecretCase: Sendable, CustomTestStringConvertible {
    let name: String
    let rule: String
    let text: String

    var testDescription: String { name }

    init(_ name: String, _ rule: String, _ parts: String...) {
        self.name = name
        self.rule = rule
        text = parts.joined()
    }

    private static let letters = "q7Rk2WzT9xVb4LmN8cYd3FgH6jKp5SsQ1aUe0oXiZyBtCvDwEhGuJrMfPlOnA"

    /// A run of characters that looks like a token's.
    static func token(_ count: Int) -> String {
        String(String(repeating: letters, count: 1 + count / 60).prefix(count))
    }

    /// A line of a key.
    static let keyLine = token(60) + "+/9A"

    /// A private key.
    static func key(_ label: String, newline: String = "\n", headers: String = "") -> String {
        "-----BEGIN \(label)" + "-----" + newline + headers + (keyLine + newline + keyLine + newline)
            + "-----END \(label)-----" + newline
    }

    /// What must be found.
    static let hits: [SecretCase] = [
        SecretCase("PEM", "secret-private-key", key("RSA PRIVATE" + " KEY")),
        SecretCase(
            "PKCS 8 in JSON",
            "secret-private-key",
            #"{"private_key": ""#,
            key("PRIVATE" + " KEY", newline: #"\n"#),
            #""}"#
        ),
        SecretCase("PEM, CRLF", "secret-private-key", key("EC PRIVATE" + " KEY", newline: "\r\n")),
        SecretCase("OpenSSH", "secret-private-key", key("OPENSSH PRIVATE" + " KEY")),
        SecretCase("PGP", "secret-private-key", key("PGP PRIVATE" + " KEY BLOCK", headers: "Version: GnuPG v2\n\n")),
        SecretCase(
            "PEM, encrypted",
            "secret-private-key",
            key("RSA PRIVATE" + " KEY", headers: "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00AA\n\n")
        ),
        SecretCase(
            "PuTTY",
            "secret-private-key",
            "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: x\nPublic-Lines: 1\n\(token(60))\nPrivate-Lines: 1\n\(token(44))\n"
        ),
        SecretCase("AWS access key", "secret-aws", "id=AKIA", "Q3EGRJ7XKLT5VWNM", "\n"),
        SecretCase("AWS secret", "secret-aws", "aws_secret_access_key", " = ", token(38), "+/"),
        SecretCase("AWS secret in JSON", "secret-aws", #"{"secretAccess"#, #"Key": ""#, token(40), #""}"#),
        SecretCase("Google", "secret-gcp", "key: AIza", token(33), "_-"),
        SecretCase("Google client", "secret-gcp", "GOCSPX-", token(28)),
        SecretCase("Azure", "secret-azure", "AccountName=x;Account", "Key=", token(86), "==;"),
        SecretCase("GitHub", "secret-github", "ghp_", token(36)),
        SecretCase("GitHub, fine", "secret-github", "github_pat_", token(22), "_", token(59)),
        SecretCase("GitLab", "secret-gitlab", "glpat-", token(20)),
        SecretCase("Slack", "secret-slack", "xoxb-", "240956780912-", token(24)),
        SecretCase(
            "Slack hook",
            "secret-slack",
            "https://hooks.slack.com/",
            "services/T0A1B2C3D/B0A1B2C3D/",
            token(24)
        ),
        SecretCase("Stripe", "secret-stripe", "sk_live_", token(24)),
        SecretCase("npm", "secret-npm", "//registry.npmjs.org/:_authToken=npm_", token(36)),
        SecretCase("PyPI", "secret-pypi", "password = pypi-AgE", token(80)),
        SecretCase("Docker Hub", "secret-token", "dckr_pat_", token(27)),
        SecretCase("JWT", "secret-jwt", "eyJhbGci" + "OiJSUzI1NiJ9.eyJ", token(40), ".", token(86)),
        SecretCase("URL", "secret-url-password", "DB=postgres://app:", "tr0ub4dor", "@db.internal:5432/app"),
        SecretCase("URL of a registry", "secret-url-password", "https://ci:", "wq8Zk2", "@registry.corp/simple"),
    ]

    /// What must not be found.
    static let misses: [SecretCase] = [
        SecretCase("a public key", "", "-----BEGIN PUBLIC KEY-----\n\(keyLine)\n-----END PUBLIC KEY-----\n"),
        SecretCase(
            "a marker in a program",
            "",
            "-----BEGIN RSA PRIVATE",
            " KEY-----\u{0}-----END RSA PRIVATE",
            " KEY-----"
        ),
        SecretCase(
            "a sketch of a key",
            "",
            "-----BEGIN PRIVATE",
            " KEY-----\nMIIEvQ...\n-----END PRIVATE",
            " KEY-----"
        ),
        SecretCase("the end of a key", "", "-----END PRIVATE", " KEY-----\n\(keyLine)\n"),
        SecretCase("the documented AWS key", "", "AKIAIOSFODNN7EXAMPLE"),
        SecretCase("the documented AWS secret", "", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        SecretCase("AKIA in a word", "", "xAKIA", "Q3EGRJ7XKLT5VWNM"),
        SecretCase("AKIA with more", "", "AKIA", "Q3EGRJ7XKLT5VWNMQ"),
        SecretCase("AKIA with less", "", "AKIA", "Q3EGRJ7XKLT5VWN "),
        SecretCase("AKIA of one letter", "", "AKIA", "AAAAAAAAAAAAAAAA"),
        SecretCase("Google, short", "", "AIza", token(30)),
        SecretCase(
            "Azure's emulator",
            "",
            "AccountKey=",
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
        ),
        SecretCase("GitHub, filled", "", "ghp_", String(repeating: "x", count: 36)),
        SecretCase("GitHub, short", "", "ghp_", token(20)),
        SecretCase("a function", "", "npm_", "config_get_the_value_of_something_here"),
        SecretCase("Slack, a word", "", "xoxb-your-token-goes-in-here-please-now"[...].prefix(12).description),
        SecretCase("Stripe, test", "", "sk_test_", token(24)),
        SecretCase("JWT, the introduction's", "", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.", token(43)),
        SecretCase("JWT, unsigned", "", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."),
        SecretCase("a URL with a port", "", "http://host:8080/a@b"),
        SecretCase("a URL in a document", "", "http://user:password@proxy.corp:3128"),
        SecretCase("a URL of RFC 2606", "", "http://app:tr0ub4dor@www.example.com/"),
        SecretCase("a URL to be filled in", "", "https://%s:%s@host.corp/"),
        SecretCase("a URL from a variable", "", "https://ci:${TOKEN}@host.corp/"),
        SecretCase("a URL with a user", "", "ssh://git@host.corp/x:y"),
    ]
}
