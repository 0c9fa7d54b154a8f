extension SecretPattern {
    /// JSON web tokens, by how `{"alg"`, `{"typ"`, `{"kid"` and `{"x5t` look in base 64.
    static let webTokens: [SecretPattern] = ["eyJhbGci", "eyJ0eXAi", "eyJraWQi", "eyJ4NXQi"].map {
        SecretPattern(.jwt, $0) { jsonWebToken(in: $0, at: $1) }
    }

    private static func jsonWebToken(in window: ByteWindow, at start: Int) -> Hit? {
        guard !ByteSet.base64URL.contains(window[start - 1]) else { return nil }
        let header = window.end(of: .base64URL, from: start, limit: 1024)
        guard window.has(".eyJ", at: header) else { return nil }
        let payload = window.end(of: .base64URL, from: header + 1, limit: 2048)
        guard window[payload] == UInt8(ascii: ".") else { return nil }
        let end = window.end(of: .base64URL, from: payload + 1, limit: 700)
        // A signature of 256 bits at least; and not the token that every introduction has, of subject 1234567890.
        guard end - payload > 42, !window.has("eyJzdWIiOiIxMjM0NTY3ODkw", at: header + 1) else { return nil }
        guard SecretText.entropy(window.bytes[payload..<end]) >= 4 else { return nil }
        return Hit(secret: start..<end, name: "JSON web token")
    }

    /// URLs, by the ends of their schemes: `://` alone is too short to look for.
    static let urlPasswords: [SecretPattern] = [
        "tp://", "ps://", "ss://", "es://", "ql://", "db://", "is://", "qp://", "rv://", "ap://", "sh://",
    ].map { SecretPattern(.urlPassword, $0) { URLPassword.password(in: $0, at: $1) } }
}

/// `scheme://user:password@host`.
enum URLPassword {
    private static let user = ByteSet.alphanumeric.union(ByteSet("._%+-~"))
    private static let password = ByteSet.alphanumeric.union(ByteSet("._%+-~!&*=^,;?#"))
    private static let host = ByteSet.alphanumeric.union(ByteSet(".-_[]:"))
    private static let scheme = ByteSet.lower.union(ByteSet("+"))
    private static let limit = 128
    /// What stands for a password in documents; the longer fillers are those of every secret.
    private static let placeholders: Set<String> = [
        "password", "passwd", "passw", "pass", "pwd", "pw", "secret", "user", "username", "userpass", "mypassword",
        "yourpassword", "your-password", "your_password", "token", "foo", "bar", "baz", "foobar", "test", "xxx",
        "pass1",
        "hunter2", "abc", "p", "port", "api-key", "my-password", "s3cr3t", "secret-password", "test-password",
        "testpass",
    ]

    /// Looks behind the end of a scheme.
    static func password(in window: ByteWindow, at start: Int) -> SecretPattern.Hit? {
        let name = start + 5
        let colon = window.end(of: user, from: name, limit: limit)
        guard colon > name, window[colon] == UInt8(ascii: ":") else { return nil }
        let secret = (colon + 1)..<window.end(of: password, from: colon + 1, limit: limit)
        guard secret.count >= 3, window[secret.upperBound] == UInt8(ascii: "@") else { return nil }
        let hostStart = secret.upperBound + 1
        let server = hostStart..<window.end(of: host, from: hostStart, limit: limit)
        guard !server.isEmpty, !isDocumentation(window.slice(server)) else { return nil }
        let text = window.slice(secret)
        guard !isPlaceholder(text), text != window.slice(name..<colon) else { return nil }
        var schemeStart = start
        while schemeStart > start - 12, scheme.contains(window[schemeStart - 1]) { schemeStart -= 1 }
        let url = String(decoding: window.slice(schemeStart..<(start + 5)), as: UTF8.self)
        return SecretPattern.Hit(secret: secret, name: "password in a URL \(url)")
    }

    private static func isPlaceholder(_ text: [UInt8]) -> Bool {
        let word = String(decoding: text, as: UTF8.self).lowercased()
        // `%s` and its kin are filled in later.
        let isFormat = text.count <= 4 && text.first == UInt8(ascii: "%")
        return isFormat || placeholders.contains(word) || SecretText.isPlaceholder(text) || Set(text).count < 3
    }

    /// Whether a host is one that RFC 2606 keeps for documents, or no name at all.
    ///
    /// Source: RFC 2606.
    private static func isDocumentation(_ host: [UInt8]) -> Bool {
        var name = String(decoding: host, as: UTF8.self).lowercased()
        if let colon = name.firstIndex(of: ":") {
            // `host:port` is a sketch.
            if name[name.index(after: colon)...].first.map({ !$0.isNumber }) ?? false { return true }
            name = String(name[..<colon])
        }
        if name.contains("example") || name.hasSuffix(".test") || name.hasSuffix(".invalid") { return true }
        return ["host", "hostname", "server", "domain", "proxy", "site", "foo", "foo.com", "domain.com", "host.com"]
            .contains(name)
    }
}
