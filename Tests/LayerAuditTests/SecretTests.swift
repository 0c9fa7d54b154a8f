import Testing

@testable import LayerAudit

@Suite("Secrets in bytes") struct SecretTests {
    private func found(_ text: String) -> [SecretMatch] { SecretScanner().matches(in: text.utf8) }

    @Test(
        "A secret of each kind is found once, and nothing of it but four characters is shown",
        arguments: SecretCase.hits
    )
    func hits(secret: SecretCase) throws {
        let matches = found("first line\n" + secret.text + "\nlast line")
        #expect(matches.map(\.rule.id) == [secret.rule])
        let match = try #require(matches.first)
        let shown = match.detail.utf8.count
        #expect(shown < 80)
        let text = String(decoding: match.secret, as: UTF8.self)
        let body = String(text.dropFirst(4).prefix(8))
        #expect(!match.detail.contains(body), "\(match.detail)")
    }

    @Test("What only looks like a secret is none", arguments: SecretCase.misses)
    func misses(text: SecretCase) {
        let matches = found("first line\n" + text.text + "\nlast line")
        #expect(matches.isEmpty, "\(matches.map(\.detail))")
    }

    @Test("A secret is found wherever two pieces meet, and one byte a piece", arguments: SecretCase.hits)
    func boundaries(secret: SecretCase) {
        let bytes = Array(("x=1\n" + secret.text + "\nend").utf8)
        let whole = SecretScanner().matches(in: bytes)
        let scanner = SecretScanner()
        for cut in 1..<bytes.count {
            scanner.begin(byteCount: Int64(bytes.count))
            for part in [bytes[..<cut], bytes[cut...]] { Array(part).withUnsafeBytes { scanner.update($0) } }
            #expect(scanner.finish() == whole, "cut at \(cut)")
        }
        scanner.begin(byteCount: Int64(bytes.count))
        for byte in bytes { withUnsafeBytes(of: byte) { scanner.update($0) } }
        #expect(scanner.finish() == whole)
    }

    @Test("A secret is found at every place of a long file, far behind the first piece too", arguments: 0..<9)
    func places(shift: Int) {
        let secret = SecretCase.hits.filter { $0.rule == "secret-github" }[0].text
        let padding = [UInt8](repeating: UInt8(ascii: " "), count: 20_000 + shift)
        let bytes = padding + Array(secret.utf8) + padding
        let scanner = SecretScanner()
        for size in [4096, 4097, 5000, 65_536] {
            scanner.begin(byteCount: Int64(bytes.count))
            for start in stride(from: 0, to: bytes.count, by: size) {
                Array(bytes[start..<min(bytes.count, start + size)]).withUnsafeBytes { scanner.update($0) }
            }
            #expect(scanner.finish().map(\.offset) == [Int64(padding.count)])
        }
    }

    @Test("No secret reaches over a hole, and what lies behind one has its own place")
    func holes() {
        let secret = Array(("ghp_" + SecretCase.token(36)).utf8)
        let scanner = SecretScanner()
        scanner.begin(byteCount: 10_000)
        secret[..<20].withUnsafeBytes { scanner.update($0) }
        scanner.skip(1000)
        secret[20...].withUnsafeBytes { scanner.update($0) }
        scanner.skip(1000)
        secret.withUnsafeBytes { scanner.update($0) }
        #expect(scanner.finish().map(\.offset) == [2040])
    }

    @Test("Of one file ten secrets are told, the same one once")
    func limit() {
        let many = (0..<40).map { "ghp_\(SecretCase.token(33))\(100 + $0)\n" }.joined()
        #expect(found(many).count == 10)
        let same = String(repeating: "ghp_\(SecretCase.token(36))\n", count: 40)
        #expect(found(same).count == 1)
    }

    @Test("An encrypted key matters less")
    func encrypted() {
        let severities = SecretCase.hits.filter { $0.rule == "secret-private-key" }.map {
            ($0.name, found($0.text)[0].severity)
        }
        for (name, severity) in severities {
            #expect(severity == (["PEM, encrypted", "OpenSSH"].contains(name) ? .medium : .high), "\(name)")
        }
    }

    @Test("The filter finds each literal at each place, whatever stands around it")
    func filter() {
        let literals = ["AKIA", "ghp_", "tp://", "PRIVATE KEY"].map { Array($0.utf8) }
        let filter = LiteralFilter(literals)
        for (number, literal) in literals.enumerated() {
            for place in 0..<40 {
                var bytes = [UInt8](repeating: 0x2D, count: 40 + literal.count)
                bytes.replaceSubrange(place..<(place + literal.count), with: literal)
                for end in [bytes.count, place + literal.count] {
                    var hits: [Int] = []
                    bytes[..<end].withUnsafeBytes { bytes in
                        filter.search(bytes, in: 0..<bytes.count) { found, numbers in
                            if numbers.contains(number) { hits.append(found) }
                            return true
                        }
                    }
                    #expect(hits == [place])
                }
            }
        }
    }
}
