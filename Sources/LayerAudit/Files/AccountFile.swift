/// The second fields of `passwd` and `shadow`: hashes, and passwords that are empty.
///
/// Source: `man 5 shadow`, `man 3 crypt`.
enum AccountFile {
    private static let hashCharacters = ByteSet.alphanumeric.union(ByteSet("./"))

    /// Looks at each line.
    static func matches(in text: String) -> [SecretMatch] {
        var found: [SecretMatch] = []
        for line in text.split(separator: "\n") where found.count < SecretScanner.matchLimit {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            // Lines of NIS and comments are no accounts.
            guard fields.count == 3, !fields[0].isEmpty, !fields[0].hasPrefix("+"), !fields[0].hasPrefix("#") else {
                continue
            }
            let account = "account \(fields[0].prefix(32))"
            if let kind = hash(fields[1]) {
                found.append(match(.passwordHash, "\(account), \(kind)"))
            } else if fields[1].isEmpty, fields[2].contains(":") {
                found.append(match(.passwordEmpty, account))
            }
        }
        return found
    }

    /// What kind of hash a field is; nil for no hash: `*`, `!`, `x`.
    private static func hash(_ field: Substring) -> String? {
        let isLocked = field.hasPrefix("!")
        let text = field.drop { $0 == "!" }
        let end = isLocked ? " (locked)" : ""
        if text.hasPrefix("$") {
            let parts = text.split(separator: "$")
            guard parts.count >= 2, parts.last.map({ $0.utf8.count >= 20 }) ?? false else { return nil }
            return "hash of type $\(parts[0].prefix(8))$" + end
        }
        guard text.utf8.count == 13, text.utf8.allSatisfy(hashCharacters.contains) else { return nil }
        return "DES hash" + end
    }

    private static func match(_ rule: AuditRule, _ detail: String) -> SecretMatch {
        SecretMatch(rule: rule, severity: rule.severity, detail: detail)
    }
}
