import LayerKit
import LayerModel
import TextOutput

/// Figures as people read them.
enum BenchText {
    /// A time with three digits: `12.3ms`, or `0`.
    static func time(_ nanoseconds: Int64) -> String {
        if nanoseconds == 0 { return "0" }
        let units: [(name: String, nanoseconds: Double)] = [("ns", 1), ("µs", 1e3), ("ms", 1e6), ("s", 1e9)]
        let value = Double(nanoseconds)
        let unit = units.last { abs(value) >= $0.nanoseconds } ?? units[0]
        return digits(value / unit.nanoseconds) + unit.name
    }

    /// Processor time, which is counted in microseconds at best.
    static func processorTime(_ figure: BenchmarkFigure) -> String { time(figure.user.median + figure.system.median) }

    /// How much is done in a second: `850MB/s`, `12300/s`.
    static func rate(_ figure: BenchmarkFigure) -> String {
        let rate = figure.rate
        switch figure.subject.work.unit {
        case .bytes: return HumanSize.text(Int64(min(rate, 1e18))) + "/s"
        case .operations: return (rate < 100 ? digits(rate) : String(Int64(min(rate, 1e18).rounded()))) + "/s"
        }
    }

    /// The middle half of the runs.
    static func spread(_ statistics: BenchmarkStatistics) -> String {
        "\(time(statistics.firstQuartile)) … \(time(statistics.thirdQuartile))"
    }

    /// A work, with the layers of a deep stack: `deep/500`.
    static func work(_ subject: BenchmarkSubject) -> String {
        subject.layerCount.map { "\(subject.work.rawValue)/\($0)" } ?? subject.work.rawValue
    }

    /// What a subject is, in a line.
    static func subject(_ subject: BenchmarkSubject) -> String {
        [work(subject), subject.driver ?? "", subject.cache == .cold ? "cold" : ""].filter { !$0.isEmpty }
            .joined(separator: " ")
    }

    /// A number that is not negative, with three digits as far as they lie behind the point: `12.3`.
    static func digits(_ value: Double) -> String {
        let places = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
        return decimal(value, places: places)
    }

    /// A number that is not negative, with so many places behind the point.
    static func decimal(_ value: Double, places: Int) -> String {
        var scale: Int64 = 1
        for _ in 0..<places { scale *= 10 }
        let scaled = Int64((min(value, 1e15) * Double(scale)).rounded())
        guard places > 0 else { return String(scaled) }
        let (whole, rest) = scaled.quotientAndRemainder(dividingBy: scale)
        return "\(whole).\(String(scale + rest).dropFirst())"
    }

    /// What was measured on, in a line.
    static func machine(_ report: BenchmarkReport) -> String {
        let machine = report.machine
        let processors =
            "\(machine.processorCount) × \(machine.processor.isEmpty ? machine.architecture : machine.processor)"
        return "Linux \(machine.kernel), \(processors), \(report.fileSystem) (\(report.place)), "
            + "durability \(report.durability.rawValue), layerctl \(report.version)"
    }

    /// What was worked with, in a line.
    static func image(_ report: BenchmarkReport) -> String {
        let image = report.image
        let layers = image.layerCount == 1 ? "1 layer" : "\(image.layerCount) layers"
        let runs = report.runCount == 1 ? "1 run" : "\(report.runCount) runs"
        return "image \(image.name): \(layers), \(image.fileCount) files, \(HumanSize.text(image.byteCount)); \(runs)"
    }

    /// What was left out and what cold means, a line each.
    static func notes(_ report: BenchmarkReport) -> [String] {
        var notes: [String] = []
        switch report.coldness {
        case .contents?: notes.append("cold: only contents were forgotten, names and attributes stayed in memory")
        case .nothing?: notes.append("cold: a file system in memory cannot be, all figures are warm")
        case .everything?, nil: break
        }
        for omission in report.omissions {
            let subject = [omission.work, omission.driver].compactMap(\.self).joined(separator: " ")
            notes.append("not \(subject): \(omission.reason)")
        }
        return notes
    }
}
