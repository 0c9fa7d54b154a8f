extension SecretPattern {
    private static let assignment = ByteSet(" \t:=\"'>")

    /// Keys of AWS and Azure, and what Slack calls by a URL.
    static let cloudKeys: [SecretPattern] = {
        let accessKey = TokenShape(alphabet: .base32, length: 16...16)
        var patterns = ["AKIA", "ASIA"].map { SecretPattern(.aws, $0, "AWS access key ID", accessKey) }
        patterns += [
            "aws_secret_access_key", "AWS_SECRET_ACCESS_KEY", "secretAccessKey", "SecretAccessKey", "aws_secret_key",
        ].map { SecretPattern(.aws, $0, name: "AWS secret access key", .base64, length: 40) }
        patterns += ["AccountKey=", "SharedAccessKey="].map {
            SecretPattern(.azure, $0, name: "Azure key", .base64, length: $0.hasPrefix("A") ? 86 : 43)
        }
        patterns.append(SecretPattern(.slack, "hooks.slack.com/services/T") { slackHook(in: $0, at: $1) })
        return patterns
    }()

    /// Makes a pattern of a name and a key of a fixed length that is assigned to it.
    private init(_ rule: AuditRule, _ literal: String, name: String, _ alphabet: ByteSet, length: Int) {
        let count = literal.utf8.count
        self.init(rule, literal) { window, start in
            // The name may be quoted, and so may the value.
            let body = window.end(of: Self.assignment, from: start + count, limit: 8)
            let end = window.end(of: alphabet, from: body, limit: length + 1)
            let key = body..<end
            guard key.count == length, window[end] != UInt8(ascii: "-"), window[end] != UInt8(ascii: "_") else {
                return nil
            }
            let text = window.bytes[key]
            guard SecretText.entropy(text) >= 4, !SecretText.isPlaceholder(text),
                !window.has(Self.emulatorKey, at: body)
            else {
                return nil
            }
            return Hit(secret: key, name: name)
        }
    }

    /// How the key begins that Microsoft documents for its storage emulator: everybody's.
    private static let emulatorKey: StaticString = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq"

    /// `hooks.slack.com/services/T…/B…/…`.
    private static func slackHook(in window: ByteWindow, at start: Int) -> Hit? {
        let team = window.end(of: .alphanumeric, from: start + "hooks.slack.com/services/".utf8.count, limit: 16)
        guard window.has("/B", at: team) else { return nil }
        let channel = window.end(of: .alphanumeric, from: team + 1, limit: 16)
        guard window[channel] == UInt8(ascii: "/") else { return nil }
        let key = (channel + 1)..<window.end(of: .alphanumeric, from: channel + 1, limit: 32)
        guard key.count >= 20, SecretText.entropy(window.bytes[key]) >= 3, !SecretText.isPlaceholder(window.bytes[key])
        else {
            return nil
        }
        return Hit(secret: key, name: "Slack webhook")
    }
}
