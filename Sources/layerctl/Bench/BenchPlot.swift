import ImageSpec
import LayerKit
import LayerModel
import TextOutput

/// A report as a picture, alone or in a page that fetches nothing and needs no script.
struct BenchPlot {
    private let report: BenchmarkReport
    private let bars: [BenchmarkFigure]
    private let deep: [BenchmarkFigure]

    /// Prepares a picture.
    init(_ report: BenchmarkReport) {
        self.report = report
        bars = report.figures.filter { $0.subject.layerCount == nil }
        deep = report.figures.filter { $0.subject.layerCount != nil }
    }

    /// The file.
    ///
    /// - Parameter isPage: Whether it is a page, or the picture alone.
    /// - Returns: HTML, or SVG.
    func bytes(isPage: Bool) -> [UInt8] {
        guard isPage else { return Array(picture(isAlone: true).utf8) }
        let content = header + section("Figures", picture(isAlone: false)) + section("Table", table)
        return PageFrame.html(
            title: "Layer I/O",
            css: BenchStyle.css,
            isScripted: false,
            content: Array(content.utf8)
        )
    }

    private func picture(isAlone: Bool) -> String {
        let chart = BenchBars(bars)
        var height = chart.height
        var parts = [BenchLegend.svg(report), SVGText.group(y: BenchLegend.height, chart.svg)]
        height += BenchLegend.height
        if !deep.isEmpty {
            let curve = BenchCurve(deep)
            parts.append(SVGText.group(y: height, curve.svg))
            height += BenchCurve.height
        }
        let width = SVGText.number(BenchBars.width)
        let box = "viewBox=\"0 0 \(width) \(SVGText.number(height))\" role=\"img\" aria-label=\"Layer I/O\""
        let lone = "xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(SVGText.number(height))\" "
        let style = isAlone ? "<style>\(BenchStyle.colours)\(BenchStyle.chart)</style>\n" : ""
        return "<svg class=\"chart\" \(isAlone ? lone : "")\(box)>\n\(style)\(parts.joined(separator: "\n"))\n</svg>\n"
    }

    private var header: String {
        let facts = [
            ("File system", "\(report.fileSystem) (\(report.place))"), ("Kernel", report.machine.kernel),
            ("Processors", "\(report.machine.processorCount)"), ("Durability", report.durability.rawValue),
            ("Runs", "\(report.runCount)"), ("Image", HumanSize.text(report.image.byteCount)),
        ]
        let list = facts.map { "<div><dt>\($0.0)</dt><dd>\(SVGText.escape($0.1))</dd></div>" }.joined()
        let notes = BenchText.notes(report).map { "<p class=\"note\">\(SVGText.escape($0))</p>\n" }.joined()
        let subtitle = SVGText.escape(BenchText.image(report) + "; " + BenchText.machine(report))
        return """
            <header>
            <h1>Layer I/O</h1>
            <p id="subtitle">\(subtitle), \(report.created.rfc3339())</p>
            <dl>\(list)</dl>
            \(notes)</header>
            <main>

            """
    }

    private func section(_ title: String, _ content: String) -> String {
        "<section>\n<h2>\(title)</h2>\n\(content)</section>\n" + (title == "Table" ? "</main>\n" : "")
    }

    private var table: String {
        var rows = ""
        for figure in report.figures {
            let texts = [BenchText.work(figure.subject), figure.subject.driver ?? "", figure.subject.cache.rawValue]
            let numbers = [
                BenchText.time(figure.wall.median), BenchText.spread(figure.wall), BenchText.time(figure.wall.minimum),
                BenchText.time(figure.wall.maximum), BenchText.processorTime(figure), BenchText.rate(figure),
            ]
            let cells =
                texts.map { "<td>\(SVGText.escape($0))</td>" }
                + numbers.map { "<td class=\"number\">\(SVGText.escape($0))</td>" }
            rows += "<tr>\(cells.joined())</tr>\n"
        }
        let heads =
            ["Work", "Driver", "Cache"].map { "<th>\($0)</th>" }
            + ["Median", "Middle half", "Min", "Max", "CPU", "Rate"].map { "<th class=\"number\">\($0)</th>" }
        return "<table id=\"figures\"><thead><tr>\(heads.joined())</tr></thead><tbody>\n\(rows)</tbody></table>\n"
    }
}
