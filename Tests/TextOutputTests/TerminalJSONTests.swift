import Testing

@testable import TextOutput

/// A JSON document on a terminal: the same document, without what a terminal obeys.
@Suite struct TerminalJSONTests {
    @Test(
        "What JSON leaves as it is and terminals obey is escaped",
        arguments: [
            ("\u{7f}", "\\u007f"), ("\u{80}", "\\u0080"), ("\u{9b}31m", "\\u009b31m"), ("\u{202e}", "\\u202e"),
            ("\u{2028}", "\\u2028"), ("\u{61c}", "\\u061c"), ("\u{2066}", "\\u2066"),
        ]
    )
    func escaped(text: String, expected: String) {
        let document = Array("{\"a\":\"x\(text)y\"}".utf8)
        #expect(String(decoding: TerminalText.escapeJSON(document), as: UTF8.self) == "{\"a\":\"x\(expected)y\"}")
    }

    @Test("All else stays, the layout of a document too")
    func kept() {
        let document = Array("{\n\t\"a\": \"é漢😀\u{a0}\\u001b\"\n}\n".utf8)
        #expect(TerminalText.escapeJSON(document) == document)
    }
}
