import LayerModel

/// Two reports side by side: what became slower, and what faster.
public struct BenchmarkComparison: Sendable {
    /// What a ratio means.
    public enum Verdict: String, Hashable, Sendable {
        /// Faster than the spread of both explains.
        case faster
        /// Slower than the spread of both explains.
        case slower
        /// The middle halves of both overlap.
        case same
        /// Too few measurements to know a spread: under three.
        case unsure
    }

    /// One subject that both reports have.
    public struct Row: Sendable {
        /// What it is.
        public let subject: BenchmarkSubject
        /// What it was.
        public let old: BenchmarkFigure
        /// What it is now.
        public let new: BenchmarkFigure
        /// How many times as long it takes now, for the same amount.
        public let ratio: Double
        /// What that means.
        public let verdict: Verdict

        /// Whether it takes longer than is allowed, and not only by chance.
        ///
        /// - Parameter limit: How many times as long it may take.
        /// - Returns: The answer; of too few measurements the ratio alone decides.
        public func exceeds(_ limit: Double) -> Bool {
            ratio > limit && (verdict == .slower || verdict == .unsure)
        }
    }

    /// What both reports have, in the order of the new one.
    public let rows: [Row]
    /// What only the old one has.
    public let onlyOld: [BenchmarkSubject]
    /// What only the new one has.
    public let onlyNew: [BenchmarkSubject]
    /// What else is not the same, so that the ratios may tell of that: a line each.
    public let differences: [String]

    private static let countForSpread = 3

    /// Compares.
    ///
    /// - Parameters:
    ///   - old: The report that is measured by.
    ///   - new: The report that is judged.
    public init(old: BenchmarkReport, new: BenchmarkReport) {
        var before: [BenchmarkSubject: BenchmarkFigure] = [:]
        for figure in old.figures { before[figure.subject] = figure }
        rows = new.figures.compactMap { figure in before[figure.subject].map { Row(old: $0, new: figure) } }
        let shared = Set(rows.map(\.subject))
        onlyOld = old.figures.map(\.subject).filter { !shared.contains($0) }
        onlyNew = new.figures.map(\.subject).filter { !shared.contains($0) }
        let facts = [
            ("kernel", old.machine.kernel, new.machine.kernel),
            ("architecture", old.machine.architecture, new.machine.architecture),
            ("processor", old.machine.processor, new.machine.processor),
            ("processors", "\(old.machine.processorCount)", "\(new.machine.processorCount)"),
            ("place", old.place, new.place), ("file system", old.fileSystem, new.fileSystem),
            ("durability", old.durability.rawValue, new.durability.rawValue),
            ("image", Self.text(old.image), Self.text(new.image)),
        ]
        differences = facts.filter { $0.1 != $0.2 }.map { "\($0.0): \($0.1), now \($0.2)" }
    }

    private static func text(_ image: BenchmarkReport.Image) -> String {
        "\(image.name) (\(image.layerCount) layers, \(image.fileCount) files, \(image.byteCount) bytes)"
    }

    fileprivate static func verdict(_ old: BenchmarkFigure, _ new: BenchmarkFigure) -> Verdict {
        guard min(old.wall.count, new.wall.count) >= countForSpread else { return .unsure }
        let (oldUnit, newUnit) = (Double(max(1, old.amount)), Double(max(1, new.amount)))
        if Double(new.wall.firstQuartile) / newUnit > Double(old.wall.thirdQuartile) / oldUnit { return .slower }
        if Double(new.wall.thirdQuartile) / newUnit < Double(old.wall.firstQuartile) / oldUnit { return .faster }
        return .same
    }
}

extension BenchmarkComparison.Row {
    fileprivate init(old: BenchmarkFigure, new: BenchmarkFigure) {
        subject = new.subject
        self.old = old
        self.new = new
        ratio = old.rate / max(new.rate, .leastNormalMagnitude)
        verdict = BenchmarkComparison.verdict(old, new)
    }
}
