import ImageSpec
import Testing

@Suite("The file repositories")
struct LegacyRepositoriesTests {
    private let id = String(repeating: "0a", count: 32)

    @Test("gives its names in their order")
    func names() throws {
        let text = #"{"z/b":{"1":"\#(id)","latest":"\#(id)"},"a":{},"c":{"x":"\#(id)"}}"#
        let entries = try LegacyRepositories(parsing: Array(text.utf8)).entries
        #expect(entries.map { "\($0.name):\($0.tag)" } == ["z/b:1", "z/b:latest", "c:x"])
        #expect(entries.allSatisfy { $0.layerID == id })
    }

    @Test(
        "is refused when it is something else",
        arguments: [
            ("null", ""), ("[]", ""), (#"{"a":"x"}"#, "a"), (#"{"a":{"b":1}}"#, "a.b"),
            (#"{"a":{"b":"../../x"}}"#, "a.b"),
            (#"{"a":{},"a":{}}"#, ""),
        ]
    )
    func refusals(text: String, path: String) {
        let error = #expect(throws: SpecError.self) { try LegacyRepositories(parsing: Array(text.utf8)) }
        #expect(error?.document == "repositories")
        #expect(error?.path == path)
    }
}
