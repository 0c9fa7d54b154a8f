import LayerKit

/// A bar for each figure: works below each other, each with a scale of its own, and the drivers of each work together.
struct BenchBars {
    /// The width of the whole picture.
    static let width = 960.0
    private static let nameWidth = 130.0
    private static let barWidth = 560.0
    private static let barHeight = 16.0
    private static let gap = 14.0

    private let groups: [[BenchmarkFigure]]

    /// Groups figures by their works.
    init(_ figures: [BenchmarkFigure]) {
        var groups: [[BenchmarkFigure]] = []
        for figure in figures {
            if let last = groups.last?.first, last.subject.work == figure.subject.work {
                groups[groups.count - 1].append(figure)
            } else {
                groups.append([figure])
            }
        }
        self.groups = groups
    }

    /// The room that they take.
    var height: Double {
        groups.reduce(0) { $0 + Double($1.count) * Self.barHeight + Self.gap }
    }

    /// The bars.
    var svg: String {
        var parts: [String] = []
        var y = 0.0
        for group in groups {
            let longest = Double(group.map(\.wall.maximum).max() ?? 1)
            if let work = group.first?.subject {
                parts.append(SVGText.text(BenchText.work(work), x: Self.nameWidth - 10, y: y + 12, "name"))
            }
            for figure in group {
                parts.append(bar(figure, y: y, longest: max(1, longest)))
                y += Self.barHeight
            }
            parts.append(SVGText.line(x1: 8, y1: y + 7, x2: Self.width - 8, y2: y + 7, "grid"))
            y += Self.gap
        }
        return parts.joined(separator: "\n")
    }

    private func bar(_ figure: BenchmarkFigure, y: Double, longest: Double) -> String {
        func place(_ time: Int64) -> Double { Self.nameWidth + Self.barWidth * Double(time) / longest }
        let wall = figure.wall
        let (start, middle) = (Self.nameWidth, y + (Self.barHeight - 4) / 2)
        let label =
            "\(BenchText.subject(figure.subject)): \(BenchText.time(wall.median)), \(BenchText.spread(wall)), "
            + BenchText.rate(figure)
        let words = "\(BenchText.time(wall.median))  ·  \(BenchText.rate(figure))"
        return [
            SVGText.box(
                x: start,
                y: y,
                width: max(1, place(wall.median) - start),
                height: Self.barHeight - 4,
                "bar " + BenchStyle.kind(figure.subject),
                title: label
            ),
            SVGText.box(
                x: place(wall.firstQuartile),
                y: y + 3,
                width: max(0.5, place(wall.thirdQuartile) - place(wall.firstQuartile)),
                height: Self.barHeight - 10,
                "half"
            ),
            SVGText.line(x1: place(wall.minimum), y1: middle, x2: place(wall.maximum), y2: middle, "whisker"),
            SVGText.text(words, x: Self.nameWidth + Self.barWidth + 12, y: y + 11, "soft"),
        ].joined(separator: "\n")
    }
}
