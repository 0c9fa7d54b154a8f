import Foundation
import ImageSpec
import LayerTestKit
import Testing

/// Source: Nicolas Seriot's JSONTestSuite, "Parsing JSON is a Minefield".
@Suite("JSONTestSuite", Need.shared("images/json"))
struct JSONTestSuiteTests {
    static let files: [String] = {
        let folder = Need.sharedPath("images/json") ?? ""
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".json") }
            .sorted()
    }()

    @Test("is whole")
    func count() {
        #expect(Self.files.count { $0.hasPrefix("y_") } > 80)
        #expect(Self.files.count { $0.hasPrefix("n_") } > 150)
        #expect(Self.files.count { $0.hasPrefix("i_") } > 30)
    }

    @Test("is read as it demands", arguments: files)
    func file(_ name: String) throws {
        let folder = try #require(Need.sharedPath("images/json"))
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
        let value = Result { () throws(JSONError) in try JSONValue(parsing: bytes) }
        switch name.first {
        case "n": #expect(throws: JSONError.self) { try value.get() }
        case "y" where Self.refusedHere.contains(name): #expect(throws: JSONError.self) { try value.get() }
        case "y":
            let parsed = try value.get()
            #expect(try JSONValue(parsing: parsed.encoded()) == parsed)
        // Either will do, as long as there is an answer.
        default: if case .success(let parsed) = value { #expect(try JSONValue(parsing: parsed.encoded()) == parsed) }
        }
    }

    /// What RFC 8259 allows and we do not: one name twice (contract L-105).
    private static let refusedHere = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]
}
