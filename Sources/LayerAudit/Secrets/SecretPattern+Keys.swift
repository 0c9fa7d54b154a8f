extension SecretPattern {
    /// Private keys.
    ///
    /// The words in the middle of the marker are looked for: its dashes stand below every second heading.
    static let keys: [SecretPattern] = [
        SecretPattern(.privateKey, "PRIVATE KEY") { ArmoredKey.key(in: $0, at: $1) },
        SecretPattern(.privateKey, "PuTTY-User-Key-File-") { puttyKey(in: $0, at: $1) },
    ]

    private static func puttyKey(in window: ByteWindow, at start: Int) -> Hit? {
        let version = start + "PuTTY-User-Key-File-".utf8.count
        guard ByteSet.digits.contains(window[version]), window.has(": ", at: version + 1) else { return nil }
        guard let lines = window.first("Private-Lines: ", in: version..<(start + lookAhead)) else { return nil }
        let body = window.end(of: .alphanumeric, from: lines + "Private-Lines: ".utf8.count)
        let key = body..<window.end(of: .base64, from: window.end(of: .blanks, from: body, limit: 2))
        guard key.count >= 20 else { return nil }
        let isPlain = window.first("Encryption: none", in: version..<lines) != nil
        return Hit(
            secret: key,
            name: "PuTTY private key",
            shown: isPlain ? "not encrypted" : "encrypted",
            severity: isPlain ? nil : .medium
        )
    }
}

/// A private key between `-----BEGIN … PRIVATE KEY-----` and its end, as PEM, OpenSSH and PGP write it.
enum ArmoredKey {
    private static let labelLimit = 40
    /// The least of the key's first line: what is shorter is a sketch of a key in a document.
    private static let lineByteCount = 40
    private static let label = ByteSet.upper.union(.digits).union(ByteSet(" "))
    private static let headerName = ByteSet.letters.union(ByteSet("-"))
    private static let between = ByteSet(" \t\r\n\"'+,`")
    /// How the text of an OpenSSH key begins that has no cipher.
    private static let plainOpenSSH: StaticString = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU"

    /// Looks around the words `PRIVATE KEY`.
    static func key(in window: ByteWindow, at start: Int) -> SecretPattern.Hit? {
        guard let begin = marker(in: window, before: start) else { return nil }
        var place = start + "PRIVATE KEY".utf8.count
        if window.has(" BLOCK", at: place) { place += " BLOCK".utf8.count }
        guard window.has("-----", at: place) else { return nil }
        place += 5
        let name = String(decoding: window.slice(begin..<(place - 5)), as: UTF8.self)
        var isEncrypted = window.has("ENCRYPTED", at: begin)
        // Some headers, each a line; PGP and old PEM have them.
        for _ in 0..<8 {
            place = skipBetween(window, place)
            let end = window.end(of: headerName, from: place, limit: labelLimit)
            guard end > place, window.has(": ", at: end) else { break }
            isEncrypted = isEncrypted || window.has("Proc-Type: 4,ENCRYPTED", at: place)
            place = lineEnd(window, end)
        }
        let body = place..<window.end(of: .base64, from: place, limit: 4 * lineByteCount)
        guard body.count >= lineByteCount, SecretText.entropy(window.bytes[body]) > 3.5 else { return nil }
        if window.has("OPENSSH", at: begin) { isEncrypted = !window.has(plainOpenSSH, at: place) }
        return SecretPattern.Hit(
            secret: body,
            name: name,
            shown: isEncrypted ? "encrypted" : nil,
            severity: isEncrypted ? .medium : nil
        )
    }

    /// Where the label of a beginning's marker starts; nil for an end, and for text about keys.
    private static func marker(in window: ByteWindow, before start: Int) -> Int? {
        let dashes: StaticString = "-----BEGIN "
        var place = start
        while place > start - labelLimit, place > 0, label.contains(window[place - 1]) {
            place -= 1
            if window.has(dashes, at: place - 5) { return place - 5 + dashes.utf8CodeUnitCount }
        }
        return nil
    }

    /// Passes over blanks, and over what stands between the lines of a key in a program or in JSON.
    private static func skipBetween(_ window: ByteWindow, _ start: Int) -> Int {
        var place = start
        while place < start + 64 {
            if between.contains(window[place]) {
                place += 1
            } else if window[place] == UInt8(ascii: "\\"), ByteSet("nrt").contains(window[place + 1]) {
                place += 2
            } else {
                break
            }
        }
        return place
    }

    private static func lineEnd(_ window: ByteWindow, _ start: Int) -> Int {
        var place = start
        while place < min(window.count, start + 256), window[place] != UInt8(ascii: "\n"), !window.has("\\n", at: place)
        {
            place += 1
        }
        return place
    }
}
