import Testing

@testable import TextOutput

@Suite("Tables")
struct TablePrinterTests {
    /// A text, and how Go's tabwriter prints it with width 10 and padding 3, and with width 0 and padding 1.
    static let golden: [(String, String, String)] = [
        ("", "", ""), ("\n", "\n", "\n"), ("a", "a", "a"), ("a\tb\n", "a         b\n", "a b\n"),
        ("a\t\n", "a         \n", "a \n"), ("\t\n", "          \n", " \n"),
        ("\t\t\n", "                    \n", "  \n"),
        (
            "aaaaaaaaaaaa\tb\tc\nx\ty\n",
            "aaaaaaaaaaaa   b         c\nx              y\n",
            "aaaaaaaaaaaa b c\nx            y\n"
        ),
        (
            "a\tbb\tccc\naaaaaaaaaaaaaaaa\tb\n\nx\ty\tz\n",
            "a                  bb        ccc\naaaaaaaaaaaaaaaa   b\n\nx         y         z\n",
            "a                bb ccc\naaaaaaaaaaaaaaaa b\n\nx y z\n"
        ),
        (
            "a\t\tb\n\tcccccccccccccc\td\n",
            "a                          b\n          cccccccccccccc   d\n",
            "a                b\n  cccccccccccccc d\n"
        ),
        (
            "a\tb\tc\nlonger line without a tab\na\tbbbbbbbbbbbbbbbbb\tc\nd\te\tf\n",
            "a         b         c\nlonger line without a tab\na         bbbbbbbbbbbbbbbbb   c\nd         e                   f\n",
            "a b c\nlonger line without a tab\na bbbbbbbbbbbbbbbbb c\nd e                 f\n"
        ),
        (
            "日本\té\te\u{301}\nab\tcd\tef\n", "日本        é         e\u{301}\nab        cd        ef\n",
            "日本 é  e\u{301}\nab cd ef\n"
        ),
        (
            "a\tb\naaaaaaaaaaaaaaaa\tb\ttail\nc", "a                  b\naaaaaaaaaaaaaaaa   b         tail\nc",
            "a                b\naaaaaaaaaaaaaaaa b tail\nc"
        ),
        ("a\u{B}b\u{B}c\nd\u{B}e\n", "a         b         c\nd         e\n", "a b c\nd e\n"),
        (
            "aaaaaaaaaaaaaaa\tb\u{C}cc\tdd\nee\tff\n", "aaaaaaaaaaaaaaa   b\ncc        dd\nee        ff\n",
            "aaaaaaaaaaaaaaa b\ncc dd\nee ff\n"
        ),
        (
            "one\ttwo\tthree\tfour\nfive\tsix\nseven\teight\tnine\nten\n",
            "one       two       three     four\nfive      six\nseven     eight     nine\nten\n",
            "one   two three four\nfive  six\nseven eight nine\nten\n"
        ),
    ]

    @Test("Cells are aligned as Go's tabwriter aligns them", arguments: golden)
    func cellsAreAlignedAsGoAlignsThem(text: String, wide: String, narrow: String) {
        func format(_ printer: TablePrinter) -> String {
            String(decoding: printer.format(Array(text.utf8)), as: UTF8.self)
        }
        #expect(format(TablePrinter(measure: .scalars)) == wide)
        #expect(format(TablePrinter(minimumWidth: 0, padding: 1, measure: .scalars)) == narrow)
    }

    @Test("Wide characters take two columns, and combining ones none, as in Docker 28")
    func wideCharactersTakeTwoColumns() {
        let text = "日本語 short\t0B\te\u{301}\te\n/bin/sh -c #(nop) 日本語…\t1e+03kB\tx\tlast\n"
        let table = String(decoding: TablePrinter().format(Array(text.utf8)), as: UTF8.self)
        let expected = """
            日本語 short                0B        e\u{301}         e
            /bin/sh -c #(nop) 日本語…   1e+03kB   x         last

            """
        #expect(table == expected)
    }

    @Test("Cells of many lines and many columns are aligned in time that grows with the text")
    func manyCellsAreAligned() {
        let ragged = (0..<400).map { String(repeating: "x\t", count: $0 % 150) }.joined(separator: "\n")
        let table = TablePrinter().format(Array(ragged.utf8))
        #expect(table.count { $0 == UInt8(ascii: "\n") } == 399)
        #expect(!table.contains(UInt8(ascii: "\t")))
    }
}
