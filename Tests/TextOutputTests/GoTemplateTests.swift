import ImageSpec
import Testing

@testable import TextOutput

@Suite("Templates")
struct GoTemplateTests {
    static func output(_ template: String, _ json: JSONValue, _ shape: TemplateShape = .any) throws -> [UInt8] {
        var output: [UInt8] = []
        try GoTemplate(parsing: template).execute(TemplateValue(json, shape: shape), into: &output)
        return output
    }

    static func text(_ template: String, _ json: JSONValue, _ shape: TemplateShape = .any) throws -> String {
        String(decoding: try output(template, json, shape), as: UTF8.self)
    }

    @Test("Data is escaped wherever it is printed, and what the template wrote is not")
    func dataIsEscaped() throws {
        let data: JSONValue = ["x": "\u{1B}[1m", "l": ["\u{9B}a", "b\u{202E}"], "\u{7}k": "v"]
        #expect(try Self.text("{{.x}}", data) == "\\x1b[1m")
        #expect(try Self.text("\u{1B}[31m{{\"\\x1b\"}}{{.x}}", data) == "\u{1B}[31m\u{1B}\\x1b[1m")
        #expect(try Self.text(#"{{printf "%s\x1b%v" .x .l}}"#, data) == "\\x1b[1m\u{1B}[\\u{9b}a b\\u{202e}]")
        #expect(try Self.text(#"{{join .l "\x1b"}}"#, data) == "\\u{9b}a\u{1B}b\\u{202e}")
        #expect(
            try Self.text("{{println .x}}{{upper .x}}{{range $k, $v := .}}{{$k}};{{end}}", data)
                == "\\x1b[1m\n\\x1b[1M\\x07k;l;x;"
        )
        #expect(
            try Self.text("{{.l}}{{slice .x 0 1}}{{pad .x 1 1}}{{index .l 0}}", data)
                == "[\\u{9b}a b\\u{202e}]\\x1b \\x1b[1m \\u{9b}a"
        )
        #expect(try Self.text("{{.}}", data) == "map[\\x07k:v l:[\\u{9b}a b\\u{202e}] x:\\x1b[1m]")
    }

    @Test("JSON of data is the same data, with what terminals obey escaped in it, also when it is passed on as text")
    func jsonIsExact() throws {
        let data: JSONValue = [
            "x": "<\u{1B}\u{202E}\u{85}&>", "n": .number("1.50"), "big": .number("12345678901234567890"),
        ]
        let expected = Array("\"<\\u001b\\u202e\\u0085&>\"".utf8)
        #expect(try Self.output("{{json .x}}", data) == expected)
        #expect(try Self.output("{{.x | json}}", data) == expected)
        #expect(try Self.output("{{json .x | printf \"%s\"}}", data) == expected)
        #expect(
            try Self.text("{{json .}}", ["b": 1, "a": [true, .null, .number("1.50")]])
                == #"{"a":[true,null,1.50],"b":1}"#
        )
        #expect(
            try Self.text("{{.n}} {{.big}} {{json .big}}", data) == "1.50 12345678901234567890 12345678901234567890"
        )
    }

    @Test("Bytes that a cut left of a character are shown as bytes")
    func halfACharacterIsShown() throws {
        #expect(try Self.text("{{truncate .x 4}}|{{slice .x 1 3}}|{{len .x}}", ["x": "日本"]) == "日\\xe6|\\x97\\xa5|6")
        #expect(try Self.text("{{truncate .x 4 | json}}", ["x": "日本"]) == "\"日\u{FFFD}\"")
    }

    @Test("A record keeps the order of its members in JSON, a map is sorted")
    func recordKeepsItsOrder() throws {
        let data: JSONValue = ["b": ["z": 1, "y": 2], "a": 1]
        #expect(try Self.text("{{json .}}", data, .record(["a": .integer])) == #"{"b":{"y":2,"z":1},"a":1}"#)
        #expect(try Self.text("{{json .}}", data) == #"{"a":1,"b":{"y":2,"z":1}}"#)
        #expect(try Self.text("{{.b}}{{.}}", data, .record(["b": .record([:])])) == "{1 2}{{1 2} 1}")
    }

    @Test("Members that JSON omits or gives as null are the zero values of their shapes")
    func omittedMembersAreZero() throws {
        let shape = TemplateShape.record([
            "S": .text, "I": .integer, "B": .bool, "L": .list(.text), "M": .map(.text), "R": .record(["X": .text]),
            "A": .any,
        ])
        let template =
            #"{{.S}}|{{.I}}|{{.B}}|{{.L}}|{{.M}}|{{.R}}|{{.A}}|{{len .L}}{{len .M}}{{join .L ","}}{{index .M "k"}}{{.M.k}}"#
        let expected = "|0|false|[]|map[]|<nil>|<no value>|00<no value>"
        #expect(try Self.text(template, [:], shape) == expected)
        #expect(
            try Self.text(
                template,
                ["S": .null, "I": .null, "B": .null, "L": .null, "M": .null, "R": .null, "A": .null],
                shape
            ) == expected
        )
        #expect(try Self.text("{{json .}}", ["L": .null, "S": "x"], shape) == #"{"L":null,"S":"x"}"#)
        #expect(try Self.text("{{json .L}}{{json .S}}{{json .R}}", [:], shape) == #"null""null"#)
        #expect(
            try Self.text("{{range .L}}{{else}}e{{end}}{{if .R}}{{else}}n{{end}}{{if .M}}{{else}}n{{end}}", [:], shape)
                == "enn"
        )
        #expect(throws: TemplateError.self) { try Self.text("{{.R.X}}", [:], shape) }
        #expect(throws: TemplateError.self) { try Self.text("{{.R.Y}}", ["R": [:]], shape) }
        #expect(try Self.text("{{.R.X}}|", ["R": [:]], shape) == "|")
    }

    @Test("Keys are told apart by their bytes, not by how they look")
    func keysAreToldApartByBytes() throws {
        let data: JSONValue = ["\u{E9}": "one", "e\u{301}": "two"]
        #expect(
            try Self.text("{{index . \"\u{E9}\"}} {{index . \"e\u{301}\"}} {{eq \"\u{E9}\" \"e\u{301}\"}}", data)
                == "one two false"
        )
    }

    @Test("A template is read once and executed many times, also with variables set")
    func templateIsExecutedManyTimes() throws {
        let template = try GoTemplate(parsing: "{{$x := .}}{{range $i, $v := .}}{{$x = $v}}{{end}}{{$x}};")
        var output: [UInt8] = []
        for count in 1...3 {
            try template.execute(.strings((0..<count).map(String.init)), into: &output)
        }
        #expect(String(decoding: output, as: UTF8.self) == "0;1;2;")
    }

    @Test("After an error the output holds what was printed before it")
    func outputHoldsWhatWasPrinted() throws {
        var output = Array("before ".utf8)
        let template = try GoTemplate(parsing: "text {{.a}} {{upper .n}}")
        #expect(throws: TemplateError.self) {
            try template.execute(TemplateValue(["a": "x", "n": 1]), into: &output)
        }
        #expect(String(decoding: output, as: UTF8.self) == "before text x ")
    }

    @Test("Nesting has a limit, for blocks and for parentheses")
    func nestingHasALimit() throws {
        func blocks(_ count: Int) -> String {
            String(repeating: "{{if true}}", count: count) + "x" + String(repeating: "{{end}}", count: count)
        }
        func parentheses(_ count: Int) -> String {
            "{{" + String(repeating: "(", count: count) + "1" + String(repeating: ")", count: count) + "}}"
        }
        #expect(try Self.text(blocks(100), [:]) == "x")
        #expect(try Self.text(parentheses(100), [:]) == "1")
        for template in [blocks(101), parentheses(101), blocks(10_000), parentheses(100_000)] {
            let error = #expect(throws: TemplateError.self) { try Self.text(template, [:]) }
            #expect(error?.reason == "nested more than 100 levels deep")
        }
    }

    @Test("Counts that a template gives are limited")
    func countsAreLimited() {
        for template in [
            "{{pad \"x\" 1000000000 0}}", "{{range 1000001}}x{{end}}", "{{printf \"%1000000000d\" 1}}",
            "{{printf \"%.99999999999999999999s\" \"x\"}}",
        ] {
            #expect(throws: TemplateError.self) { try Self.text(template, [:]) }
        }
    }
}
