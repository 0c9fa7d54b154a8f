/// A file that is known by its name, and whose content as a whole says whether it holds credentials.
package enum NamedFile: Sendable {
    /// Accounts with passwords: `shadow`, `passwd`.
    case accounts
    /// What somebody typed into a shell.
    case shellHistory
    /// Credentials; the words that a line of them has.
    case credentials(words: [String])

    /// The most bytes that are looked at.
    package static let byteLimit = 256 << 10

    private static let accountPaths: Set<String> = ["etc/shadow", "etc/shadow-", "etc/passwd", "etc/passwd-"]
    private static let histories: Set<String> = [
        ".bash_history", ".zsh_history", ".ash_history", ".sh_history", ".history", ".mysql_history", ".psql_history",
        ".python_history", ".node_repl_history", "fish_history",
    ]
    private static let credentialNames: [(suffix: String, words: [String])] = [
        (".netrc", ["password"]), ("_netrc", ["password"]),
        (".npmrc", ["_authToken", "_password", "_auth="]), (".pypirc", ["password"]),
        (".docker/config.json", ["\"auth\"", "\"identitytoken\"", "\"password\""]),
        (".dockercfg", ["\"auth\""]), ("containers/auth.json", ["\"auth\""]),
        (".git-credentials", ["://"]), (".aws/credentials", ["aws_secret_access_key", "aws_session_token"]),
        (".kube/config", ["token:", "client-key-data:", "password:"]),
        ("kubeconfig", ["token:", "client-key-data:", "password:"]),
        (".pgpass", [":"]), (".my.cnf", ["password"]), (".htpasswd", [":"]),
        (".config/gh/hosts.yml", ["oauth_token:"]), ("application_default_credentials.json", ["\"refresh_token\""]),
        (".azure/accessTokens.json", ["\"refreshToken\""]), (".cargo/credentials", ["token"]),
        (".cargo/credentials.toml", ["token"]), (".gem/credentials", [":"]), (".vault-token", [""]),
    ]

    /// The letters that those names end in.
    private static let lastLetters = ByteSet("-cdfglnswy")

    /// What a path's name says.
    ///
    /// - Parameter path: A path in a layer, as bytes without a slash at the beginning.
    package init?(_ path: [UInt8]) {
        // Half of all paths end in another letter: no text is made of those.
        guard let last = path.last, Self.lastLetters.contains(last) else { return nil }
        let name = String(decoding: path, as: UTF8.self)
        if Self.accountPaths.contains(name) {
            self = .accounts
            return
        }
        let base = name.split(separator: "/").last.map(String.init) ?? name
        if Self.histories.contains(base) {
            self = .shellHistory
            return
        }
        let known = Self.credentialNames.first { suffix, _ in
            name == suffix || name.hasSuffix("/" + suffix)
        }
        guard let known else { return nil }
        self = .credentials(words: known.words)
    }

    /// Looks at the content.
    ///
    /// - Parameter content: The content, or its first 256 KiB.
    /// - Returns: What was found.
    package func matches(in content: [UInt8]) -> [SecretMatch] {
        let text = String(decoding: content, as: UTF8.self)
        switch self {
        case .accounts: return AccountFile.matches(in: text)
        case .shellHistory:
            return NamedSecrets.command(text).prefix(SecretScanner.matchLimit).map { found in
                SecretMatch(
                    rule: .shellHistory,
                    severity: AuditRule.shellHistory.severity,
                    detail: "\(found.name), \(found.shown)"
                )
            }
        case .credentials(let words):
            guard let word = Self.word(of: words, in: text) else { return [] }
            let detail =
                word.isEmpty || word == ":" || word == "://" ? "credentials" : "credentials (\(Self.plain(word)))"
            return [SecretMatch(rule: .credentialFile, severity: AuditRule.credentialFile.severity, detail: detail)]
        }
    }

    /// The first of some words that a line has, which is no comment, with something behind it.
    private static func word(of words: [String], in text: String) -> String? {
        for line in text.split(whereSeparator: \.isNewline) {
            let trimmed = line.drop { $0 == " " || $0 == "\t" }
            guard !trimmed.isEmpty, !trimmed.hasPrefix("#"), !trimmed.hasPrefix(";") else {
                continue
            }
            for word in words {
                guard let range = word.isEmpty ? trimmed.startIndex..<trimmed.startIndex : trimmed.firstRange(of: word)
                else { continue }
                let rest = trimmed[range.upperBound...].drop { " \t=:\"'".contains($0) }
                // `${TOKEN}` is where a secret is filled in.
                if !rest.isEmpty, !rest.hasPrefix("$"), !rest.hasPrefix("\"") { return word }
            }
        }
        return nil
    }

    private static func plain(_ word: String) -> String { word.filter { $0 != "\"" && $0 != ":" } }
}
