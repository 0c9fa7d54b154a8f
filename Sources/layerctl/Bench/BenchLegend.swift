import LayerKit

/// Which colour is which driver.
enum BenchLegend {
    /// The room that it takes.
    static let height = 40.0

    /// The legend.
    static func svg(_ report: BenchmarkReport) -> String {
        var subjects: [BenchmarkSubject] = []
        var kinds: Set<String> = []
        for figure in report.figures where kinds.insert(BenchStyle.kind(figure.subject)).inserted {
            subjects.append(figure.subject)
        }
        var x = 8.0
        return subjects.map { subject in
            let name = (subject.driver ?? "no driver") + (subject.cache == .cold ? ", cold" : "")
            let box = SVGText.box(x: x, y: 10, width: 14, height: 14, BenchStyle.kind(subject))
            let text = SVGText.text(name, x: x + 20, y: 21, "soft")
            x += 40 + 7 * Double(name.count)
            return box + text
        }.joined(separator: "\n")
    }
}
