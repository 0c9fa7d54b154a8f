import LayerArchive
import LayerModel
import LayerTestKit
import Testing

@testable import LayerTree

/// Limits on names: of entries, of markers, and of where symbolic links lead.
@Suite struct LedgerLimitTests {
    struct Case: CustomStringConvertible, Sendable {
        let limit: InputLimit
        let value: Int64
        let sketch: [String]
        let error: String

        var description: String { "\(limit.rawValue)=\(value) \(sketch)" }
    }

    private static let cases = [
        Case(limit: .depth, value: 3, sketch: ["a/b/c/d"], error: "path too deep (over 3 components)"),
        Case(limit: .depth, value: 3, sketch: ["a/b/c/.wh.d"], error: "path too deep (over 3 components)"),
        Case(limit: .depth, value: 3, sketch: ["s->a/b/c", "s/d"], error: "path too deep (over 3 components)"),
        Case(limit: .pathBytes, value: 6, sketch: ["a/b/c/d"], error: "path too long (over 6 bytes)"),
        Case(limit: .componentBytes, value: 3, sketch: ["d/name"], error: "file name too long (over 3 bytes)"),
        Case(limit: .componentBytes, value: 3, sketch: ["d/.wh.name"], error: "file name too long (over 3 bytes)"),
        Case(limit: .linkBytes, value: 3, sketch: ["s->name"], error: "bad symlink target: over 3 bytes"),
    ]

    @Test("What is over a limit is refused by its name, and what is at it is taken", arguments: cases)
    func limits(item: Case) throws {
        let tar = TarBuilder.tar(try LayerSketch.layer(item.sketch))
        var limits = InputLimits()
        limits[item.limit] = item.value
        let error = #expect(throws: TreeError.self) {
            try LayerScanner.scan(BytesSource(tar), limits: ArchiveLimits(limits))
        }
        #expect(error?.description.hasSuffix(": " + item.limit.refusal(item.error)) == true, "\(error as Any)")
        #expect(error?.description.hasPrefix("entry \"") == true)
        limits[item.limit] = item.value + 4
        #expect(throws: Never.self) { try LayerScanner.scan(BytesSource(tar), limits: ArchiveLimits(limits)) }
    }
}
