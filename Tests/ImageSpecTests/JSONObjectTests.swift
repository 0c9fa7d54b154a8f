import ImageSpec
import Testing

@Suite("JSON objects and values")
struct JSONObjectTests {
    @Test("keep the place of a member whose value changes, and drop one that is set to nil")
    func members() {
        var object: JSONObject = ["a": 1, "b": 2]
        object["a"] = "x"
        object["c"] = .null
        object["b"] = nil
        #expect(object.keys == ["a", "c"])
        #expect(object["a"]?.stringValue == "x")
        #expect(object["c"]?.isNull == true)
        #expect(object["A"] == nil)
    }

    @Test("made of pairs with one name hold the last value")
    func pairs() {
        let object = JSONObject([("a", 1), ("b", 2), ("a", 3)])
        #expect(object.keys == ["a", "b"])
        #expect(object["a"] == 3)
    }

    @Test("sort by bytes")
    func sorting() {
        let object: JSONObject = ["b": 1, "\u{E9}": 2, "a": 3, "B": 4, "aa": 5, "": 6]
        #expect(object.sortedMembers.map(\.key) == ["", "B", "a", "aa", "b", "\u{E9}"])
    }

    @Test("are reached through names and places")
    func access() {
        let value: JSONValue = ["a": [1, ["b": true]]]
        #expect(value["a"]?[1]?["b"]?.boolValue == true)
        #expect(value["a"]?[2] == nil)
        #expect(value["a"]?[-1] == nil)
        #expect(value["x"]?["y"] == nil)
        #expect(value[0] == nil)
    }

    @Test(
        "give integers only of what is written as one",
        arguments: [
            ("0", 0), ("-0", 0), ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("9223372036854775808", nil),
            ("1.0", nil), ("1e3", nil),
        ] as [(String, Int64?)]
    )
    func integers(text: String, value: Int64?) {
        #expect(JSONValue.number(text).int64Value == value)
    }

    @Test("are equal and hash alike when their bytes are the same")
    func hashing() {
        let values: Set<JSONValue> = [
            .null, true, false, 1, "1", [], [:], ["1"], ["a": 1], ["a": 1], ["a": 2], .number("1.0"),
        ]
        #expect(values.count == 11)
    }
}
