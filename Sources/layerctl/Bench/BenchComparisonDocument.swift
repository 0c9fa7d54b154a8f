import ImageSpec
import LayerKit
import TextOutput

/// Two reports side by side, as text and as JSON.
struct BenchComparisonDocument {
    private let comparison: BenchmarkComparison
    private let maxSlowdown: Double?
    /// What takes longer than is allowed.
    let exceeded: [BenchmarkComparison.Row]

    /// Prepares a comparison.
    ///
    /// - Parameters:
    ///   - comparison: What is shown.
    ///   - maxSlowdown: How many times as long a work may take; nil for no such limit.
    init(_ comparison: BenchmarkComparison, maxSlowdown: Double?) {
        self.comparison = comparison
        self.maxSlowdown = maxSlowdown
        exceeded = maxSlowdown.map { limit in comparison.rows.filter { $0.exceeds(limit) } } ?? []
    }

    /// What takes too long, a line each.
    var failures: [String] {
        exceeded.map { row in
            "\(BenchText.subject(row.subject)) takes \(Self.ratio(row)) times as long, more than \(maxSlowdown ?? 0)"
        }
    }

    /// A row a figure, then what only one report has, and what else is not the same.
    var lines: [UInt8] {
        let namesCache = comparison.rows.contains { $0.subject.cache == .cold }
        var rows = ["WORK", "DRIVER"] + (namesCache ? ["CACHE"] : []) + ["OLD", "NEW", "RATIO", "CHANGE"]
        var text = rows.joined(separator: "\t") + "\n"
        for row in comparison.rows {
            rows = [BenchText.work(row.subject), row.subject.driver ?? "-"]
            if namesCache { rows.append(row.subject.cache.rawValue) }
            rows += [
                BenchText.time(row.old.wall.median), BenchText.time(row.new.wall.median), Self.ratio(row),
                Self.change(row),
            ]
            text += rows.joined(separator: "\t") + "\n"
        }
        var notes: [String] = []
        if !comparison.onlyOld.isEmpty { notes.append("only in the old one: " + Self.list(comparison.onlyOld)) }
        if !comparison.onlyNew.isEmpty { notes.append("only in the new one: " + Self.list(comparison.onlyNew)) }
        notes += comparison.differences.map { "not the same " + $0 }
        let shown = notes.map { TerminalText.escape($0) + "\n" }.joined()
        return TablePrinter().format(Array(text.utf8)) + Array(shown.utf8)
    }

    /// `{"rows", "onlyOld", "onlyNew", "differences", "maxSlowdown", "exceeded"}`.
    var object: JSONObject {
        [
            "rows": .array(comparison.rows.map { .object(Self.object($0)) }),
            "onlyOld": .array(comparison.onlyOld.map { .string(BenchText.subject($0)) }),
            "onlyNew": .array(comparison.onlyNew.map { .string(BenchText.subject($0)) }),
            "differences": .array(comparison.differences.map { .string($0) }),
            "maxSlowdown": maxSlowdown.map { .number("\($0)") } ?? .null,
            "exceeded": .array(exceeded.map { .string(BenchText.subject($0.subject)) }),
        ]
    }

    private static func object(_ row: BenchmarkComparison.Row) -> JSONObject {
        [
            "work": .string(row.subject.work.rawValue), "driver": row.subject.driver.map { .string($0) } ?? .null,
            "cache": .string(row.subject.cache.rawValue),
            "layers": row.subject.layerCount.map { JSONValue($0) } ?? .null,
            "oldSeconds": .number(seconds(row.old)), "newSeconds": .number(seconds(row.new)),
            "ratio": .number(ratio(row)), "change": .string(row.verdict.rawValue),
        ]
    }

    private static func seconds(_ figure: BenchmarkFigure) -> String {
        BenchText.decimal(Double(figure.wall.median) / 1e9, places: 9)
    }

    private static func ratio(_ row: BenchmarkComparison.Row) -> String { BenchText.decimal(row.ratio, places: 3) }

    private static func change(_ row: BenchmarkComparison.Row) -> String {
        row.verdict == .unsure ? "unsure (too few runs)" : row.verdict.rawValue
    }

    private static func list(_ subjects: [BenchmarkSubject]) -> String {
        subjects.map(BenchText.subject).joined(separator: ", ")
    }
}
