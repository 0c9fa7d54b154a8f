import LayerModel
import LayerTestKit
import Testing

@Suite("Text in messages")
struct EscapedTextTests {
    @Test(
        "names cannot steer a terminal",
        arguments: [
            (Array("plain".utf8), "plain"), (Array("café".utf8), "café"), (Array("日本\u{1F600}".utf8), "日本\u{1F600}"),
            (Array("e\u{301}".utf8), "e\u{301}"), (Array("a b'c".utf8), "a b'c"), ([], ""),
            (Array(#"a"b\c"#.utf8), #"a\"b\\c"#), (Array(#"\x1b"#.utf8), #"\\x1b"#),
            (Array("a\nb\r\tc".utf8), #"a\nb\r\tc"#), ([0x1B, 0x5D], #"\x1b]"#),
            ([0x00, 0x07, 0x7F], #"\x00\x07\x7f"#),
            (Array("\u{85}\u{9B}31m".utf8), #"\u{85}\u{9b}31m"#),
            (Array("\u{202E}x\u{2069}".utf8), #"\u{202e}x\u{2069}"#),
            (Array("\u{200B}\u{FEFF}\u{AD}".utf8), #"\u{200b}\u{feff}\u{ad}"#),
            (Array("\u{2028}\u{2029}".utf8), #"\u{2028}\u{2029}"#),
            (Array("\u{E000}\u{FFFF}".utf8), #"\u{e000}\u{ffff}"#),
            (Array("\u{E0041}".utf8), #"\u{e0041}"#),
        ] as [([UInt8], String)]
    )
    func names(_ name: [UInt8], _ text: String) {
        #expect(Array(EscapedText.name(name).utf8) == Array(text.utf8))
        #expect(Array(EscapedText.quoted(name).utf8) == Array("\"\(text)\"".utf8))
    }

    @Test(
        "bytes that are no UTF-8 are shown as bytes",
        arguments: [
            ([0x61, 0xFF, 0x62], #"a\xffb"#), ([0xC3], #"\xc3"#), ([0xC3, 0xC3, 0xA9], #"\xc3é"#),
            ([0xC0, 0x80], #"\xc0\x80"#), ([0xE6, 0x97], #"\xe6\x97"#), ([0xE6, 0x97, 0x61], #"\xe6\x97a"#),
            ([0xED, 0xA0, 0x80], #"\xed\xa0\x80"#), ([0xF0, 0x9F, 0x98], #"\xf0\x9f\x98"#),
            ([0xF4, 0x90, 0x80, 0x80, 0x0A], #"\xf4\x90\x80\x80\n"#), ([0x80, 0x1B, 0xBF], #"\x80\x1b\xbf"#),
        ] as [([UInt8], String)]
    )
    func malformedBytes(_ name: [UInt8], _ text: String) {
        #expect(EscapedText.name(name) == text)
    }

    /// What a terminal obeys, or lays a line out anew for; output escapes all of it, so that no message may hold it.
    private static func isSteering(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    @Test("no character that steers a terminal comes through, in names and in lines")
    func everySteeringCharacter() {
        for value in UInt32(0)...0xFFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = "a" + String(Character(scalar)) + "b"
            for shown in [EscapedText.name(text.utf8), EscapedText.line(text)] {
                #expect(!shown.unicodeScalars.contains(where: Self.isSteering), "U+\(String(value, radix: 16))")
            }
        }
    }

    @Test("two names never give the same text", arguments: 0..<20 as Range<UInt64>)
    func reversible(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        // Bytes that begin, continue and end sequences, and those that escapes are made of, meet often.
        let alphabet: [UInt8] =
            Array("\\\"xu{}n09af\n\u{1B}".utf8) + [0x80, 0xA9, 0xBF, 0xC2, 0xC3, 0xE2, 0xED, 0xF0, 0xFF]
        for _ in 0..<300 {
            let name = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            #expect(Self.decode(EscapedText.name(name)) == name, "seed \(seed): \(name)")
        }
    }

    /// Reads a text back by the notation alone.
    private static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = Substring(text).unicodeScalars
        while let scalar = rest.popFirst() {
            guard scalar == "\\" else {
                bytes += Array(String(scalar).utf8)
                continue
            }
            switch rest.popFirst() {
            case "n": bytes.append(0x0A)
            case "r": bytes.append(0x0D)
            case "t": bytes.append(0x09)
            case "\\": bytes.append(UInt8(ascii: "\\"))
            case "\"": bytes.append(UInt8(ascii: "\""))
            case "x":
                guard let byte = UInt8(String(rest.prefix(2)), radix: 16) else { return nil }
                bytes.append(byte)
                rest = rest.dropFirst(2)
            case "u":
                let digits = rest.dropFirst().prefix { $0 != "}" }
                guard let scalar = UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init) else { return nil }
                bytes += Array(String(scalar).utf8)
                rest = rest.dropFirst(digits.count + 2)
            default: return nil
            }
        }
        return bytes
    }

    @Test("a quoted name is cut behind 512 bytes, between two characters; a name is not cut")
    func quotedLimit() {
        let exact = [UInt8](repeating: 0x61, count: 512)
        #expect(EscapedText.quoted(exact).utf8.count == 514)
        #expect(EscapedText.quoted(exact + [0x62]) == "\"" + String(repeating: "a", count: 512) + "…\"")
        #expect(EscapedText.name(exact + [0x62]).utf8.count == 513)
        let wide = Array(String(repeating: "日", count: 200).utf8)
        #expect(EscapedText.quoted(wide) == "\"" + String(repeating: "日", count: 171) + "…\"")
    }

    @Test(
        "a message stays on its line, and what is escaped in it already stays as it is",
        arguments: [
            ("", ""), (#"open "a\x1b": not there"#, #"open "a\x1b": not there"#), ("one\ntwo\r\n", #"one\ntwo\r\n"#),
            ("\u{1B}[2J\u{202E}", #"\x1b[2J\u{202e}"#), ("日本 é", "日本 é"),
        ]
    )
    func lines(_ text: String, _ line: String) {
        #expect(EscapedText.line(text) == line)
        #expect(EscapedText.line(line) == line)
    }

    @Test("a message is cut behind 4,096 characters")
    func lineLimit() {
        let exact = String(repeating: "é", count: 4096)
        #expect(EscapedText.line(exact) == exact)
        #expect(EscapedText.line(exact + "x") == exact + "…")
    }
}
