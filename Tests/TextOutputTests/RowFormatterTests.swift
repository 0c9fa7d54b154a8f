import Testing

@testable import TextOutput

@Suite("Rows")
struct RowFormatterTests {
    static let formatter = RowFormatter(
        columns: [
            .init("ID", header: "IMAGE"), .init("CreatedSince", header: "CREATED"),
            .init("CreatedAt", header: "CREATED AT"),
            .init("CreatedBy", header: "CREATED BY"), .init("Size", header: "SIZE"),
            .init("Comment", header: "COMMENT"),
        ],
        defaultTemplate: #"{{.ID}}\t{{.CreatedSince}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}"#
    )

    static func row(
        _ id: String,
        _ since: String,
        _ by: String,
        _ size: String,
        _ comment: String
    ) -> [String: TemplateValue] {
        [
            "ID": .string(id), "CreatedSince": .string(since), "CreatedBy": .string(by), "Size": .string(size),
            "Comment": .string(comment),
        ]
    }

    static let rows = [
        row("590b603c63af", "18 months ago", "CMD [\"sh\"]", "0B", ""),
        row("<missing>", "2 years ago", "日本語 short", "0B", "e\u{301}e\u{301}"),
        row("<missing>", "2 years ago", "/bin/sh -c #(nop) 日本語日本語日本語日本語日…", "0B", "ワイド"),
        row("<missing>", "9 years ago", "ADD a", "1e+03kB", "c"),
    ]

    static func output(_ format: String, _ rows: [[String: TemplateValue]] = rows) throws -> String {
        String(decoding: try formatter.output(rows, format: format), as: UTF8.self)
    }

    @Test("The default table is Docker's", arguments: ["", "table", "table "])
    func defaultTableIsDockers(format: String) throws {
        // From docker 28.2.2, less the spaces behind the first row, whose comment is empty.
        let expected = """
            IMAGE          CREATED         CREATED BY                                      SIZE      COMMENT
            590b603c63af   18 months ago   CMD ["sh"]                                      0B        \("")
            <missing>      2 years ago     日本語 short                                    0B        e\u{301}e\u{301}
            <missing>      2 years ago     /bin/sh -c #(nop) 日本語日本語日本語日本語日…   0B        ワイド
            <missing>      9 years ago     ADD a                                           1e+03kB   c

            """
        #expect(try Self.output(format) == expected)
    }

    @Test("Contract 3.1: the golden row of docker/cli's own test")
    func goldenRowOfDockersOwnTest() throws {
        let row = Self.row("123456789012", "Less than a second ago", "", "0B", "none")
        let table = try Self.output("table", [row])
        #expect(table.hasSuffix("\n123456789012   Less than a second ago                0B        none\n"))
    }

    @Test("No rows give the header, an empty template or JSON nothing")
    func noRowsGiveTheHeader() throws {
        #expect(
            try Self.output("table", []) == "IMAGE     CREATED   CREATED BY   SIZE      COMMENT\n"
        )
        #expect(try Self.output("json", []) == "")
        #expect(try Self.output("{{.ID}}", []) == "")
    }

    @Test(
        "Own tables and templates print what Docker 28.2.2 prints",
        arguments: [
            (
                #"table {{.ID}}\t{{upper .Size}}\t{{json .Comment}}\t{{pad .ID 2 2}}|{{truncate .ID 3}}|{{join (split .ID "3") "_"}}"#,
                """
                IMAGE          SIZE      COMMENT     IMAGE  |IMAGE|IMAGE
                590b603c63af   0B        ""          590b603c63af  |590|590b60_c6_af
                <missing>      1.23KB    "x"         <missing>  |<mi|<missing>

                """
            ),
            ("tablex {{.ID}}", "x IMAGE\nx 590b603c63af\nx <missing>\n"),
            (
                #"table {{.ID}}\t{{"a\tb"}}\t{{.Size}}"#,
                "IMAGE          a         b         SIZE\n590b603c63af   a         b         0B\n<missing>      a         b         1.23kB\n"
            ),
            (#"table {{.ID}}{{"\t"}}x{{/* c */}}"#, "IMAGE          x\n590b603c63af   x\n<missing>      x\n"),
            (
                #"table {{.Size}}\t{{.ID}}\n{{.Size}}"#,
                "SIZE      IMAGE\nSIZE\n0B        590b603c63af\n0B\n1.23kB    <missing>\n1.23kB\n"
            ),
            (
                #"table {{if eq .Size "0B"}}{{.Size}}\ta\t{{else}}b{{end}}{{.ID}}"#,
                "bIMAGE\n0B        a         590b603c63af\nb<missing>\n"
            ),
            ("raw", "raw\nraw\n"), (#"a\tb\n{{.ID}}"#, "a\tb\n590b603c63af\na\tb\n<missing>\n"),
            ("  {{.ID}}  |", "590b603c63af  |\n<missing>  |\n"),
            ("{{json .ID}} {{.ID | len}}", "\"590b603c63af\" 12\n\"<missing>\" 9\n"),
            ("{{range 3}}x{{end}}", "xxx\nxxx\n"), (#"{{"<&>" | json}}"#, "\"<&>\"\n\"<&>\"\n"),
            (
                "{{json .}}",
                #"{"Comment":"","CreatedAt":"","CreatedBy":"","CreatedSince":"","ID":"590b603c63af","Size":"0B"}"#
                    + "\n"
                    + #"{"Comment":"x","CreatedAt":"","CreatedBy":"","CreatedSince":"","ID":"\u003cmissing\u003e","Size":"1.23kB"}"#
                    + "\n"
            ),
        ]
    )
    func ownTablesPrintWhatDockerPrints(format: String, expected: String) throws {
        let rows = [Self.row("590b603c63af", "", "", "0B", ""), Self.row("<missing>", "", "", "1.23kB", "x")]
        #expect(try Self.output(format, rows) == expected)
        if format == "{{json .}}" { #expect(try Self.output("json", rows) == expected) }
    }

    @Test("Values that could drive a terminal are escaped in tables and templates, and in JSON in its own way")
    func valuesAreEscaped() throws {
        let row = Self.row("x", "", "\u{1B}]52;c;x\u{7}\r\u{202E}", "1\t2", "a\nb")
        let table = try Self.output(#"table {{.ID}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}"#, [row])
        #expect(table.hasSuffix("\nx         \\x1b]52;c;x\\x07\\r\\u{202e}   1\\t2      a\nb\n"))
        #expect(
            try Self.output("{{.CreatedBy}}|{{.Size}}|{{.Comment}}", [row])
                == "\\x1b]52;c;x\\x07\\r\\u{202e}|1\t2|a\nb\n"
        )
        let json =
            #"{"Comment":"a\nb","CreatedAt":"","CreatedBy":"\u001b]52;c;x\u0007\r\u202e"#
            + #"","CreatedSince":"","ID":"x","Size":"1\t2"}"# + "\n"
        #expect(try Array(Self.output("json", [row]).utf8) == Array(json.utf8))
        #expect(try Array(Self.output("{{json .}}", [row]).utf8) == Array(json.utf8))
    }

    @Test(
        "An unknown field is an error, with rows and without",
        arguments: ["{{.Foo}}", "table {{.Foo}}", #"table {{.ID}}\t{{.Foo}}"#, "{{json .Foo}}"]
    )
    func unknownFieldIsAnError(format: String) throws {
        for rows in format.hasPrefix("table") ? [Self.rows, []] : [Self.rows] {
            let error = #expect(throws: TemplateError.self) { try Self.output(format, rows) }
            #expect(error?.isUnknownField == true)
            #expect(
                error?.reason
                    == "unknown field Foo; known are .Comment, .CreatedAt, .CreatedBy, .CreatedSince, .ID, .Size"
            )
        }
    }

    @Test("A template that does not suit the header is printed for the rows all the same")
    func templateNeedNotSuitTheHeader() throws {
        let formatter = RowFormatter(columns: [.init("Count", header: "COUNT"), .init("Names", header: "NAMES")])
        let rows: [[String: TemplateValue]] = [["Count": .integer(7), "Names": .strings(["a", "b"])]]
        let many = try formatter.output(rows, format: #"table {{.Count}}\t{{if gt .Count 5}}many{{end}}"#)
        #expect(String(decoding: many, as: UTF8.self) == "COUNT     \n7         many\n")
        let names = try formatter.output(rows, format: "table {{range .Names}}{{.}};{{end}}")
        #expect(String(decoding: names, as: UTF8.self) == "\na;b;\n")
        let plain = try formatter.output(rows, format: "table")
        #expect(String(decoding: plain, as: UTF8.self) == "COUNT     NAMES\n7         [a b]\n")
    }
}
