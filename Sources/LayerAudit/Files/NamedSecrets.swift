/// Secrets that are known by the names of variables and options: `DB_PASSWORD=…`, `--password …`.
package enum NamedSecrets {
    /// A name with its secret.
    package struct Found: Hashable, Sendable {
        /// The variable or the option.
        package let name: String
        /// The secret, masked.
        package let shown: String
        /// The secret itself, never to be shown.
        let secret: String
    }

    private static let signs = [
        "PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "TOKEN", "API_KEY", "APIKEY", "API-KEY", "PRIVATE_KEY",
        "ACCESS_KEY",
        "CREDENTIAL",
    ]
    /// Endings of names whose values say where a secret is, or what is asked of one.
    private static let otherEndings = [
        "_FILE", "_PATH", "_DIR", "_URL", "_URI", "_NAME", "_ID", "_LENGTH", "_MIN", "_MAX", "_TTL", "_TYPE", "_EXPIRY",
        "_EXPIRATION", "_TIMEOUT", "_AGE", "_ENABLED", "_REQUIRED", "-FILE", "-STDIN", "_STDIN", "_AUTHENTICATION",
        "PASSWORDAUTHENTICATION",
    ]
    private static let emptyValues: Set<String> = [
        "true", "false", "yes", "no", "on", "off", "none", "null", "nil", "unset", "required", "optional", "random",
    ]

    /// Looks at one variable.
    ///
    /// - Parameter assignment: `NAME=value`, as `Env` has it.
    /// - Returns: What was found; nil where the name says nothing, or the value is no secret.
    package static func variable(_ assignment: String) -> Found? {
        guard let equals = assignment.firstIndex(of: "="), equals != assignment.startIndex else { return nil }
        let name = assignment[..<equals]
        guard isSecret(name), isValue(assignment[assignment.index(after: equals)...]) else { return nil }
        return found(name, assignment[assignment.index(after: equals)...])
    }

    /// Looks through a command line or a script.
    ///
    /// - Parameter command: The text.
    /// - Returns: What was found, each once, in its order.
    package static func command(_ command: String) -> [Found] {
        var all: [Found] = []
        var option: Substring?
        for line in command.split(whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
            for word in line.split(whereSeparator: { " \t;&|()".contains($0) }) {
                if let name = option.take(), !word.hasPrefix("-"), isValue(unquoted(word)) {
                    all.append(found(name, unquoted(word)))
                }
                let text = unquoted(word)
                if let equals = text.firstIndex(of: "=") {
                    let (name, value) = (text[..<equals], unquoted(text[text.index(after: equals)...]))
                    if isName(name), isSecret(name), isValue(value) { all.append(found(name, value)) }
                } else if text.hasPrefix("--"), isName(text), isSecret(text) {
                    option = text
                }
            }
            option = nil
        }
        var seen: Set<Found> = []
        return all.filter { seen.insert($0).inserted }
    }

    private static func found(_ name: Substring, _ value: Substring) -> Found {
        Found(name: String(name), shown: SecretText.masked(Array(value.utf8)), secret: String(value))
    }

    private static func isName(_ text: Substring) -> Bool {
        let set = ByteSet.alphanumeric.union(ByteSet("_-."))
        return text.utf8.count <= 64 && !text.isEmpty && text.utf8.allSatisfy(set.contains)
    }

    private static func isSecret(_ name: Substring) -> Bool {
        let upper = name.uppercased()
        return signs.contains { upper.contains($0) } && !otherEndings.contains { upper.hasSuffix($0) }
    }

    /// Whether a value can be a secret: not empty, no reference to another variable, no path, no number, no word of a configuration.
    private static func isValue(_ value: Substring) -> Bool {
        guard value.utf8.count >= 3, let first = value.first, !"$/<{`%*".contains(first), !value.contains("$(") else {
            return false
        }
        let isShortNumber = value.utf8.count < 6 && value.utf8.allSatisfy(ByteSet.digits.contains)
        return !isShortNumber && !emptyValues.contains(value.lowercased()) && !SecretText.isPlaceholder(value.utf8)
    }

    private static func unquoted(_ word: Substring) -> Substring {
        var word = word
        while let first = word.first, "\"'[,".contains(first) { word.removeFirst() }
        while let last = word.last, "\"'],\\".contains(last) { word.removeLast() }
        return word
    }
}

extension Optional {
    /// Gives the value away.
    fileprivate mutating func take() -> Wrapped? {
        defer { self = nil }
        return self
    }
}
