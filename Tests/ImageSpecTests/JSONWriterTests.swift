import ImageSpec
import LayerTestKit
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
    private let value: JSONValue = [
        "b": [1, true, .null, [], [:]], "a": ["x": "<&>\u{2028}\u{2029}"], "B": .number("1.50e+7"),
        "c": "\"\\/\u{8}\u{C}\n\r\t\u{1}\u{7F}\u{E9}",
    ]

    @Test("is compact and keeps the order of members")
    func compact() {
        #expect(
            text(value.encoded())
                == #"{"b":[1,true,null,[],{}],"a":{"x":"<&>"# + "\u{2028}\u{2029}"
                + #""},"B":1.50e+7,"c":"\"\\/\b\f\n\r\t\u0001"# + "\u{7F}\u{E9}\"}"
        )
    }

    @Test("sorts members by bytes and escapes as Go does")
    func goStyle() {
        #expect(
            text(value.encoded(sortedKeys: true, escapesHTML: true))
                == #"{"B":1.50e+7,"a":{"x":"\u003c\u0026\u003e\u2028\u2029"},"b":[1,true,null,[],{}],"#
                + #""c":"\"\\/\b\f\n\r\t\u0001"# + "\u{7F}\u{E9}\"}"
        )
    }

    @Test("indents by four spaces as docker inspect does")
    func pretty() {
        let value: JSONValue = [["Id": "x", "List": [1, ["a": .null]], "None": [], "Empty": [:]]]
        let expected = """
            [
                {
                    "Id": "x",
                    "List": [
                        1,
                        {
                            "a": null
                        }
                    ],
                    "None": [],
                    "Empty": {}
                }
            ]
            """
        #expect(text(value.encoded(pretty: true)) == expected)
    }

    @Test("gives back what was read, and reads what it wrote", arguments: 0..<200)
    func roundTrip(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value = randomValue(depth: 5, using: &generator)
        for pretty in [false, true] {
            for escapesHTML in [false, true] {
                let encoded = value.encoded(pretty: pretty, escapesHTML: escapesHTML)
                #expect(try JSONValue(parsing: encoded) == value, "seed \(seed)")
            }
        }
        let sorted = try JSONValue(parsing: value.encoded(sortedKeys: true))
        #expect(sorted.encoded() == value.encoded(sortedKeys: true), "seed \(seed)")
    }

    @Test("of what was cut or changed anywhere never crashes the reader", arguments: 0..<20)
    func mutations(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let encoded = randomValue(depth: 4, using: &generator).encoded()
        for place in encoded.indices {
            _ = try? JSONValue(parsing: encoded[..<place])
            var changed = encoded
            changed[place] = UInt8.random(in: 0...255, using: &generator)
            if let value = try? JSONValue(parsing: changed) {
                #expect((try? JSONValue(parsing: value.encoded())) == value, "seed \(seed), byte \(place)")
            }
        }
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private func randomValue(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return JSONValue(Int64.random(in: .min ... .max, using: &generator))
        case 3: return .number("\(Double.random(in: -1e9...1e9, using: &generator))")
        case 4: return .string(randomText(using: &generator))
        case 5:
            return .array(
                (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                    randomValue(depth: depth - 1, using: &generator)
                }
            )
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                object[randomText(using: &generator)] = randomValue(depth: depth - 1, using: &generator)
            }
            return .object(object)
        }
    }

    private func randomText(using generator: inout SeededGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...8, using: &generator) {
            let ranges: [ClosedRange<UInt32>] = [
                0...0x7F, 0x80...0x7FF, 0x2020...0x2030, 0xE000...0xFFFF, 0x10000...0x10FFFF,
            ]
            let range = ranges[Int.random(in: ranges.indices, using: &generator)]
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { text.append(scalar) }
        }
        return String(text)
    }
}
