import LayerKit

/// How the cost grows with the number of layers: a curve for each driver.
struct BenchCurve {
    /// The room that it takes.
    static let height = 340.0
    private static let left = 80.0
    private static let right = BenchBars.width - 40
    private static let top = 40.0
    private static let bottom = 290.0

    private let curves: [[BenchmarkFigure]]
    private let mostLayers: Double
    private let longest: Double

    /// Groups figures by drivers.
    init(_ figures: [BenchmarkFigure]) {
        var curves: [String: [BenchmarkFigure]] = [:]
        for figure in figures { curves[BenchStyle.kind(figure.subject), default: []].append(figure) }
        self.curves = curves.sorted { $0.key < $1.key }.map { curve in
            curve.value.sorted { ($0.subject.layerCount ?? 0) < ($1.subject.layerCount ?? 0) }
        }
        mostLayers = Double(max(1, figures.compactMap(\.subject.layerCount).max() ?? 1))
        longest = Double(max(1, figures.map(\.wall.maximum).max() ?? 1))
    }

    /// The curves with their axes.
    var svg: String {
        let title = "Mounting a stack and asking for the status of every name, by its layers"
        return ([SVGText.text(title, x: 8, y: 20, "heading")] + axes + curves.map(curve)).joined(separator: "\n")
    }

    private func x(_ layers: Double) -> Double { Self.left + (Self.right - Self.left) * layers / mostLayers }

    private func y(_ time: Double) -> Double { Self.bottom - (Self.bottom - Self.top) * time / longest }

    private var axes: [String] {
        var parts: [String] = []
        for step in 0...4 {
            let time = longest * Double(step) / 4
            parts.append(SVGText.line(x1: Self.left, y1: y(time), x2: Self.right, y2: y(time), "grid"))
            parts.append(SVGText.text(BenchText.time(Int64(time)), x: Self.left - 8, y: y(time) + 4, "end"))
        }
        var last = -Double.infinity
        for layers in Set(curves.joined().compactMap(\.subject.layerCount)).sorted() {
            // Numbers that would stand in each other are left out.
            guard x(Double(layers)) - last > 30 else { continue }
            last = x(Double(layers))
            parts.append(SVGText.text("\(layers)", x: last, y: Self.bottom + 18, "middle"))
        }
        let caption = SVGText.text("layers", x: (Self.left + Self.right) / 2, y: Self.bottom + 38, "middle")
        return parts + [caption]
    }

    private func curve(_ figures: [BenchmarkFigure]) -> String {
        guard let first = figures.first else { return "" }
        let kind = BenchStyle.kind(first.subject)
        let points = figures.map { figure in
            (x: x(Double(figure.subject.layerCount ?? 0)), y: y(Double(figure.wall.median)), figure: figure)
        }
        let line = points.map { "\(SVGText.number($0.x)),\(SVGText.number($0.y))" }.joined(separator: " ")
        var parts = ["<polyline points=\"\(line)\" class=\"\(kind)\"/>"]
        for point in points {
            let wall = point.figure.wall
            let (low, high) = (y(Double(wall.minimum)), y(Double(wall.maximum)))
            let label = SVGText.escape("\(BenchText.subject(point.figure.subject)): \(BenchText.time(wall.median))")
            let centre = "cx=\"\(SVGText.number(point.x))\" cy=\"\(SVGText.number(point.y))\""
            parts.append(SVGText.line(x1: point.x, y1: low, x2: point.x, y2: high, "whisker"))
            parts.append("<circle \(centre) r=\"4\" class=\"\(kind)\"><title>\(label)</title></circle>")
        }
        return parts.joined(separator: "\n")
    }
}
