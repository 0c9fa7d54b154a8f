import ImageSpec
import LayerKit
import TextOutput

/// The works that can be measured.
enum BenchWorkTable {
    /// A row a work.
    static var lines: [UInt8] {
        let rows = BenchmarkWork.allCases.map { "\($0.rawValue)\t\($0.unit.rawValue)\t\($0.summary)\n" }
        return TablePrinter().format(Array(("WORK\tCOUNTED IN\tWHAT IT DOES\n" + rows.joined()).utf8))
    }

    /// `{"works": [{"work", "unit", "needsDriver", "summary"}]}`.
    static var object: JSONObject {
        let works = BenchmarkWork.allCases.map { work in
            JSONValue.object([
                "work": .string(work.rawValue), "unit": .string(work.unit.rawValue),
                "needsDriver": .bool(work.needsDriver), "summary": .string(work.summary),
            ])
        }
        return ["works": .array(works)]
    }
}
