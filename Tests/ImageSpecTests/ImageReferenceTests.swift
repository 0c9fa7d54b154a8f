import ImageSpec
import LayerModel
import LayerTestKit
import Testing

@Suite("Image references")
struct ImageReferenceTests {
    private static let hex = String(repeating: "1a", count: 32)

    @Test(
        "have a canonical and a familiar form",
        arguments: [
            ("busybox", "docker.io/library/busybox", "busybox"),
            ("busybox:1.36", "docker.io/library/busybox:1.36", "busybox:1.36"),
            ("library/busybox", "docker.io/library/busybox", "busybox"),
            ("docker.io/busybox", "docker.io/library/busybox", "busybox"),
            ("docker.io/library/busybox:x", "docker.io/library/busybox:x", "busybox:x"),
            ("index.docker.io/busybox", "docker.io/library/busybox", "busybox"),
            ("index.docker.io/me/app", "docker.io/me/app", "me/app"), ("me/app:v1", "docker.io/me/app:v1", "me/app:v1"),
            ("library/a/b", "docker.io/library/a/b", "library/a/b"), ("a/b/c", "docker.io/a/b/c", "a/b/c"),
            ("localhost/app", "localhost/app", "localhost/app"),
            ("localhost", "docker.io/library/localhost", "localhost"),
            ("localhost:5000/app:x", "localhost:5000/app:x", "localhost:5000/app:x"),
            ("example.com/app", "example.com/app", "example.com/app"),
            ("example.com", "docker.io/library/example.com", "example.com"),
            ("example:5000", "docker.io/library/example:5000", "example:5000"),
            ("127.0.0.1:80/library/app", "127.0.0.1:80/library/app", "127.0.0.1:80/library/app"),
            ("[fd00:1::2]:5000/a", "[fd00:1::2]:5000/a", "[fd00:1::2]:5000/a"), ("[::1]/a", "[::1]/a", "[::1]/a"),
            ("Upper/app", "Upper/app", "Upper/app"), ("xn--n3h.com/a", "xn--n3h.com/a", "xn--n3h.com/a"),
            ("a__b", "docker.io/library/a__b", "a__b"), ("a--------b", "docker.io/library/a--------b", "a--------b"),
            ("0/1.2", "docker.io/0/1.2", "0/1.2"),
            // Without the domain they would be images of another registry.
            ("docker.io/host.example/a", "docker.io/host.example/a", "docker.io/host.example/a"),
            ("docker.io/localhost/a:1", "docker.io/localhost/a:1", "docker.io/localhost/a:1"),
            ("a:A_b.C-9", "docker.io/library/a:A_b.C-9", "a:A_b.C-9"), ("a:_", "docker.io/library/a:_", "a:_"),
            (
                "a:\(String(repeating: "t", count: 128))", "docker.io/library/a:\(String(repeating: "t", count: 128))",
                nil
            ),
            ("a@sha256:\(hex)", "docker.io/library/a@sha256:\(hex)", "a@sha256:\(hex)"),
            ("x.y/a:t@sha256:\(hex)", "x.y/a:t@sha256:\(hex)", "x.y/a:t@sha256:\(hex)"),
            ("docker.io/\(hex)", "docker.io/library/\(hex)", hex), ("\(hex)0", "docker.io/library/\(hex)0", "\(hex)0"),
            ("sha256:abc", "docker.io/library/sha256:abc", "sha256:abc"),
        ] as [(String, String, String?)]
    )
    func accepted(text: String, canonical: String, familiar: String?) throws {
        let reference = try ImageReference(parsing: text)
        #expect(reference.description == canonical)
        if let familiar { #expect(reference.familiar == familiar) }
        #expect(try ImageReference(parsing: canonical) == reference)
    }

    @Test(
        "are refused when they are not in the grammar",
        arguments: [
            ("", .empty), (" ", .malformed(" ")), ("a b", .malformed("a b")), ("a\n", .malformed("a\n")),
            ("a:", .malformed("a:")),
            (":x", .malformed(":x")), ("a@", .malformed("a@")), ("/a", .malformed("/a")), ("a/", .malformed("a/")),
            ("a//b", .malformed("a//b")), ("-a", .malformed("-a")), ("a-", .malformed("a-")),
            ("a___b", .malformed("a___b")),
            ("a..b", .malformed("a..b")), ("a.-b", .malformed("a.-b")), ("a/.b", .malformed("a/.b")),
            ("_a", .malformed("_a")),
            ("../../x", .malformed("../../x")), ("./a", .malformed("./a")),
            ("https://x.y/a", .malformed("https://x.y/a")),
            ("-x.y/a", .malformed("-x.y/a")), ("x-.y/a", .malformed("x-.y/a")), ("x..y/a", .malformed("x..y/a")),
            ("x_y.z:80/a", .malformed("x_y.z:80/a")), ("x.y:/a", .malformed("x.y:/a")),
            ("x.y:8o/a", .malformed("x.y:8o/a")),
            ("[::1/a", .malformed("[::1/a")), ("[]/a", .malformed("[]/a")), ("::1/a", .malformed("::1/a")),
            ("[fe80::1%eth0]:5000/a", .malformed("[fe80::1%eth0]:5000/a")), ("a:-x", .malformed("a:-x")),
            ("a:.x", .malformed("a:.x")),
            ("a:x:y", .malformed("a:x:y")), ("a:x/y", .malformed("a:x/y")), ("a:x y", .malformed("a:x y")),
            ("a:\u{1B}[2J", .malformed("a:\u{1B}[2J")), ("caf\u{E9}", .malformed("caf\u{E9}")),
            ("a:\u{E9}", .malformed("a:\u{E9}")),
            ("a@sha256:12", .malformed("a@sha256:12")), ("a@\(hex)", .malformed("a@\(hex)")),
            ("a@sha256:\(hex)@sha256:\(hex)", .malformed("a@sha256:\(hex)@sha256:\(hex)")), (hex, .looksLikeID(hex)),
            ("Busybox", .uppercaseRepository("library/Busybox")), ("me/App:x", .uppercaseRepository("me/App")),
            ("x.y/App", .uppercaseRepository("App")), ("A", .uppercaseRepository("library/A")),
            ("a@sha256:\(hex)00", .digest(.malformed("sha256:\(hex)00"))),
            ("a@md5:\(hex)", .digest(.unsupportedAlgorithm("md5:\(hex)"))),
            (
                "a@sha256:\(String(repeating: "A", count: 64))",
                .digest(.malformed("sha256:\(String(repeating: "A", count: 64))"))
            ),
        ] as [(String, ReferenceError)]
    )
    func refused(text: String, reason: ReferenceError) {
        #expect(throws: reason) { try ImageReference(parsing: text) }
    }

    @Test("are limited in length")
    func lengths() throws {
        let path = "a/" + String(repeating: "b", count: 253)
        #expect(try ImageReference(parsing: "x.y/" + path).path.utf8.count == 255)
        #expect(throws: ReferenceError.nameTooLong(path + "b")) { try ImageReference(parsing: "x.y/" + path + "b") }
        let tag = "a:" + String(repeating: "t", count: 129)
        #expect(throws: ReferenceError.malformed(tag)) { try ImageReference(parsing: tag) }
    }

    @Test("get the default tag only when they have neither tag nor digest")
    func defaultTag() throws {
        #expect(try ImageReference(parsing: "a").withDefaultTag.description == "docker.io/library/a:latest")
        #expect(try ImageReference(parsing: "a:x").withDefaultTag.tag == "x")
        #expect(try ImageReference(parsing: "a@sha256:\(Self.hex)").withDefaultTag.tag == nil)
    }

    @Test("take on a tag or a digest")
    func replacing() throws {
        let digest = try Digest(parsing: "sha256:\(Self.hex)")
        let reference = try ImageReference(parsing: "x.y/a:t@sha256:\(Self.hex)")
        #expect(try reference.with(tag: "u").description == "x.y/a:u")
        #expect(reference.with(digest: digest).description == "x.y/a@sha256:\(Self.hex)")
        #expect(reference.repository.description == "x.y/a")
        #expect(throws: ReferenceError.malformedTag("a b")) { try reference.with(tag: "a b") }
    }

    @Test(
        "are told from what may be the beginning of an ID",
        arguments: [
            ("a", true), ("beef", true), ("sha256:0", true), (hex, true), ("sha256:\(hex)", true), ("\(hex)0", false),
            ("", false), ("sha256:", false), ("BEEF", false), ("beer", false), ("sha512:0", false),
        ]
    )
    func idPrefixes(text: String, isOne: Bool) {
        #expect(ImageReference.isPossibleIDPrefix(text) == isOne)
    }

    @Test("of random bytes are read without a crash, and come back when they are read", arguments: 0..<20)
    func random(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("aB0.:/@-_[]sha256 \u{E9}".unicodeScalars)
        for _ in 0..<500 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                text.append(alphabet[Int.random(in: alphabet.indices, using: &generator)])
            }
            guard let reference = try? ImageReference(parsing: String(text)) else { continue }
            #expect((try? ImageReference(parsing: reference.description)) == reference, "seed \(seed): \(reference)")
            #expect((try? ImageReference(parsing: reference.familiar)) == reference, "seed \(seed): \(reference)")
        }
    }
}
