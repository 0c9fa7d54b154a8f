import ImageSpec
import Testing

@Suite("Reading JSON")
struct JSONParserTests {
    @Test(
        "accepts what is JSON",
        arguments: [
            ("null", .null), (" true\n", true), ("\tfalse\r\n", false), ("0", 0), ("-0", .number("-0")),
            ("1e400", .number("1e400")), ("-1.50E+07", .number("-1.50E+07")),
            ("123456789012345678901234567890", .number("123456789012345678901234567890")), ("\"\"", ""),
            (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
            (#""\u00e9\uD83D\ude00\u0000""#, "\u{E9}\u{1F600}\0"),
            ("\"\u{E9}\u{7F}\u{2028}\u{10FFFF}\"", "\u{E9}\u{7F}\u{2028}\u{10FFFF}"), ("[]", []), ("[ ]", []),
            ("{ }", [:]),
            ("[1,[2,{\"a\":[]}],\"x\"]", [1, [2, ["a": []]], "x"]),
            ("{\"b\" : 1 , \"a\":{\"\":null}, \"B\":2}", ["b": 1, "a": ["": .null], "B": 2]),
        ] as [(String, JSONValue)]
    )
    func accepted(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text.utf8) == value)
    }

    @Test(
        "refuses what is not, and says where",
        arguments: [
            ("", .unexpectedEnd, 1), (" ", .unexpectedEnd, 2), ("{", .unexpectedEnd, 2), ("[1", .unexpectedEnd, 3),
            ("[1,", .unexpectedEnd, 4), ("\"a", .unexpectedEnd, 3), ("\"\\", .unexpectedEnd, 3),
            ("\"\\u12", .unexpectedEnd, 6),
            ("tru", .unexpectedEnd, 4), ("trux", .unexpectedByte(0x78), 4), ("[1,]", .unexpectedByte(0x5D), 4),
            ("{\"a\":1,}", .unexpectedByte(0x7D), 8), ("{a:1}", .unexpectedByte(0x61), 2),
            ("{\"a\" 1}", .unexpectedByte(0x31), 6),
            ("[1 2]", .unexpectedByte(0x32), 4), ("'a'", .unexpectedByte(0x27), 1), ("NaN", .unexpectedByte(0x4E), 1),
            ("+1", .unexpectedByte(0x2B), 1), (".5", .unexpectedByte(0x2E), 1), ("// x\n1", .unexpectedByte(0x2F), 1),
            ("01", .malformedNumber, 2), ("-", .malformedNumber, 2), ("1.", .malformedNumber, 3),
            ("1e", .malformedNumber, 3),
            ("1.e1", .malformedNumber, 3), ("1 2", .trailingData, 3), ("{} x", .trailingData, 4),
            ("1\0", .trailingData, 2),
            ("\u{FEFF}1", .byteOrderMark, 1), ("\"\u{1}\"", .controlCharacter(1), 2),
            ("\"a\nb\"", .controlCharacter(10), 3),
            (#""\x""#, .malformedEscape, 2), (#""\u00g0""#, .malformedEscape, 2), (#""\ud800""#, .loneSurrogate, 2),
            (#""\udc00""#, .loneSurrogate, 2), (#""\ud800\u0041""#, .loneSurrogate, 2),
            (#""\ud800\ud800""#, .loneSurrogate, 2),
            (#"{"a":1,"b":2,"a":3}"#, .duplicateKey("a"), 14), (#"{"a":1,"\u0061":3}"#, .duplicateKey("a"), 8),
        ] as [(String, JSONError.Reason, Int)]
    )
    func refused(text: String, reason: JSONError.Reason, column: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text.utf8) }
        #expect(error?.reason == reason)
        #expect(error?.column == column)
    }

    @Test(
        "refuses bytes that are no UTF-8",
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x9F, 0xBF], [0xE2, 0x80],
            [0xED, 0xA0, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
        ] as [[UInt8]]
    )
    func invalidUTF8(_ bytes: [UInt8]) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: [0x5B, 0x22] + bytes + [0x22, 0x5D]) }
        #expect(error?.reason == .invalidUTF8)
        #expect(error?.byteOffset == 2)
    }

    @Test("tells line and column")
    func place() {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "{\n  \"a\": [\n    1,\n    x\n".utf8) }
        #expect(error?.description == "unexpected 'x' in JSON at line 4, column 5")
    }

    @Test("stops at its limits, in either direction of the limit")
    func limits() throws {
        let limits = JSONLimits(byteCount: 20, depth: 3)
        #expect(try JSONValue(parsing: "[[[]]]".utf8, limits: limits) == [[[]]])
        #expect(throws: JSONError.self) { try JSONValue(parsing: "[[{\"a\":[]}]]".utf8, limits: limits) }
        #expect(try JSONValue(parsing: repeatElement(0x20, count: 19) + [0x31], limits: limits) == 1)
        let error = #expect(throws: JSONError.self) {
            try JSONValue(parsing: repeatElement(0x20, count: 21), limits: limits)
        }
        #expect(error?.reason == .tooLarge(limit: 20))
    }

    @Test(
        "uses no more stack than its limit allows, however deep the text is",
        arguments: ["[", "{\"a\":", "[{\"a\":"]
    )
    func depth(_ opening: String) {
        let text = String(repeating: opening, count: 200_000)
        let error = #expect(throws: JSONError.self) {
            try JSONValue(parsing: text.utf8, limits: JSONLimits(byteCount: .max, depth: .max))
        }
        #expect(error?.reason == .tooDeep(limit: 512))
    }

    @Test("compares names by bytes and not by how they look")
    func canonicalEquivalence() throws {
        let object = try #require(try JSONValue(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}".utf8).objectValue)
        #expect(object.count == 2)
        #expect(object["e\u{301}"] == 2)
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    }

    @Test("finds a name that stands twice among very many", arguments: [3, 15, 16, 17, 50_000])
    func manyNames(_ count: Int) throws {
        let members = (0..<count).map { "\"k\($0)\":0" }.joined(separator: ",")
        #expect(try JSONValue(parsing: "{\(members)}".utf8).objectValue?.count == count)
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "{\(members),\"k1\":1}".utf8) }
        #expect(error?.reason == .duplicateKey("k1"))
    }
}
