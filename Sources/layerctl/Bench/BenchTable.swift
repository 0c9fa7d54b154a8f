import LayerKit
import TextOutput

/// What was measured, as a table.
enum BenchTable {
    /// A row a figure, and what was measured on.
    static func lines(_ report: BenchmarkReport) -> [UInt8] {
        let namesCache = report.figures.contains { $0.subject.cache == .cold }
        var heads = ["WORK", "DRIVER"]
        if namesCache { heads.append("CACHE") }
        heads += ["MEDIAN", "MIDDLE HALF", "MIN", "MAX", "CPU", "RATE"]
        var rows = heads.joined(separator: "\t") + "\n"
        for figure in report.figures {
            var cells = [BenchText.work(figure.subject), figure.subject.driver ?? "-"]
            if namesCache { cells.append(figure.subject.cache.rawValue) }
            cells += [
                BenchText.time(figure.wall.median), BenchText.spread(figure.wall), BenchText.time(figure.wall.minimum),
                BenchText.time(figure.wall.maximum), BenchText.processorTime(figure), BenchText.rate(figure),
            ]
            rows += cells.joined(separator: "\t") + "\n"
        }
        let notes = [BenchText.machine(report), BenchText.image(report)] + BenchText.notes(report)
        let text = notes.map { TerminalText.escape($0) + "\n" }.joined()
        return TablePrinter().format(Array(rows.utf8)) + Array(text.utf8)
    }
}
