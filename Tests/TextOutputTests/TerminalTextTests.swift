import Testing

@testable import TextOutput

@Suite("Text for terminals")
struct TerminalTextTests {
    @Test(
        "What could drive a terminal is made visible, and nothing else is changed",
        arguments: [
            ("", ""), ("plain \\x1b text", "plain \\x1b text"), ("日本語 é e\u{301} 👩‍👩‍👧", "日本語 é e\u{301} 👩‍👩‍👧"),
            ("\u{1B}]52;c;aGk=\u{7}", "\\x1b]52;c;aGk=\\x07"), ("a\u{1B}[31mb", "a\\x1b[31mb"),
            ("\0\u{1}\u{1F}\u{7F}", "\\x00\\x01\\x1f\\x7f"),
            ("a\r\nb\tc", "a\\r\\nb\\tc"), ("\u{80}\u{9B}31m\u{9F}\u{A0}", "\\u{80}\\u{9b}31m\\u{9f}\u{A0}"),
            ("x\u{202E}y\u{202A}\u{202C}", "x\\u{202e}y\\u{202a}\\u{202c}"),
            ("\u{2066}\u{2069}\u{206A}", "\\u{2066}\\u{2069}\u{206A}"),
            ("\u{200E}\u{200F}\u{61C}\u{200D}", "\\u{200e}\\u{200f}\\u{61c}\u{200D}"),
            ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
        ]
    )
    func controlsAreMadeVisible(text: String, visible: String) {
        #expect(Array(TerminalText.escape(text).utf8) == Array(visible.utf8))
    }

    @Test("Every scalar that is a control or steers direction is escaped, in every position")
    func everyControlIsEscaped() {
        let steering: [ClosedRange<UInt32>] = [
            0x61C...0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0...0x1F, 0x7F...0x9F,
        ]
        for value in UInt32(0)...0x3100 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isEscaped = steering.contains { $0.contains(value) }
            let text = "a" + String(Character(scalar)) + "b"
            #expect(
                (TerminalText.escape(text).unicodeScalars.contains(scalar)) != isEscaped,
                "U+\(String(value, radix: 16))"
            )
        }
    }

    @Test("Line feeds and tabs stay when they are asked for")
    func layoutStaysWhenAskedFor() {
        #expect(TerminalText.escape("a\nb\tc\r", keeping: .lineFeed) == "a\nb\\tc\\r")
        #expect(TerminalText.escape("a\nb\tc\r", keeping: [.lineFeed, .tab]) == "a\nb\tc\\r")
    }

    @Test(
        "Bytes that are no UTF-8 are shown as bytes",
        arguments: [
            ([0xFF, 0x61], "\\xffa"), ([0x61, 0xC3], "a\\xc3"), ([0xC3, 0xA9], "é"), ([0xC0, 0xAF], "\\xc0\\xaf"),
            ([0xE6, 0x97], "\\xe6\\x97"), ([0xE6, 0x97, 0xA5], "日"), ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"),
            ([0xF0, 0x9F, 0x98], "\\xf0\\x9f\\x98"), ([0xF0, 0x9F, 0x98, 0x80, 0x9B], "😀\\x9b"),
            ([0xF4, 0x90, 0x80, 0x80, 0x0A], "\\xf4\\x90\\x80\\x80\\n"), ([0x80, 0x1B, 0xBF], "\\x80\\x1b\\xbf"),
        ] as [([UInt8], String)]
    )
    func malformedBytesAreShown(bytes: [UInt8], visible: String) {
        #expect(TerminalText.escape(bytes) == visible)
    }

    @Test(
        "Columns are counted as a terminal fills them",
        arguments: [
            ("", 0), ("abc", 3), ("日本語", 6), ("é", 1), ("e\u{301}", 1), ("…", 1), ("ｆｕ", 4), ("한글", 4),
            ("\u{1112}\u{1161}\u{11AB}", 2),
            ("👍", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 1), ("a\u{AD}b", 2), ("\u{200B}", 0), ("ｱ", 1), ("𠀀", 2), ("ñ", 1),
        ]
    )
    func columnsAreCounted(text: String, count: Int) {
        #expect(TerminalText.columnCount(of: text) == count)
    }

    @Test(
        "A text is shortened as Docker shortens it",
        arguments: [
            ("", 10, ""), ("short", 10, "short"), ("exactly", 7, "exactly"), ("exactly!", 7, "exactl…"), ("abc", 0, ""),
            ("abc", -1, ""),
            ("abc", 1, "a"), ("日本", 1, "日"), ("", 1, ""), ("abc", 2, "a…"), ("日本", 2, "…"), ("日本", 3, "日…"),
            ("日本", 4, "日本"),
            ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("a日本", 4, "a日…"), ("éé", 2, "éé"), ("ééé", 2, "é…"),
            ("日本語テスト", 12, "日本語テスト"), ("日本語テスト", 11, "日本語テス…"), ("日本語テスト", 10, "日本語テ…"),
        ]
    )
    func textIsShortened(text: String, limit: Int, short: String) {
        #expect(TerminalText.ellipsis(text, columnCount: limit) == short)
    }

    @Test("The 45 columns of CREATED BY hold 44 and an ellipsis, and combining marks count there")
    func createdByHolds44Columns() {
        let command = "/bin/sh -c #(nop) " + String(repeating: "日本語", count: 10)
        #expect(TerminalText.ellipsis(command, columnCount: 45) == "/bin/sh -c #(nop) 日本語日本語日本語日本語日…")
        let accents = String(repeating: "e\u{301}", count: 30)
        #expect(TerminalText.ellipsis(accents, columnCount: 45) == String(repeating: "e\u{301}", count: 22) + "…")
        #expect(TerminalText.ellipsis(String(repeating: "x", count: 45), columnCount: 45).utf8.count == 45)
    }
}
