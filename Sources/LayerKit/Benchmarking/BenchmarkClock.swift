import LayerSystem

/// Measures, collects what was measured, and ends the benchmark when that is asked for.
final class BenchmarkClock {
    private let works: Set<BenchmarkWork>
    private let isCancelled: () -> Bool
    private let onStep: (_ run: Int, _ subject: BenchmarkSubject) -> Void
    private let forget: () throws -> Void
    /// The number of the run, from 1.
    var run = 0
    /// What the kernel is to have in memory.
    var cache = BenchmarkCache.warm
    private var samples: [BenchmarkSubject: [BenchmarkSample]] = [:]
    private var amounts: [BenchmarkSubject: Int64] = [:]
    private var subjects: [BenchmarkSubject] = []
    private(set) var omissions: [BenchmarkReport.Omission] = []

    /// Begins.
    ///
    /// - Parameters:
    ///   - works: What is measured; all else is only done.
    ///   - forget: Lets the kernel forget what it has in memory.
    ///   - isCancelled: Whether the benchmark is to end.
    ///   - onStep: Gets told what is measured next.
    init(
        _ works: [BenchmarkWork],
        forget: @escaping () throws -> Void,
        isCancelled: @escaping () -> Bool,
        onStep: @escaping (_ run: Int, _ subject: BenchmarkSubject) -> Void
    ) {
        self.works = Set(works)
        self.forget = forget
        self.isCancelled = isCancelled
        self.onStep = onStep
    }

    /// Whether one of these is measured.
    func measures(_ wanted: [BenchmarkWork]) -> Bool { !works.isDisjoint(with: wanted) }

    /// Ends the benchmark when that was asked for.
    func check() throws {
        if isCancelled() { throw LayerError(.failure, "interrupted: nothing was measured to the end") }
    }

    /// Does a work, and measures it where that is wanted.
    ///
    /// - Parameters:
    ///   - work: The work.
    ///   - driver: The driver that takes part.
    ///   - layerCount: How many layers the stack has, for a deep one.
    ///   - body: The work; gives how much was done, in the work's unit.
    /// - Throws: What the body throws.
    func measure(
        _ work: BenchmarkWork,
        driver: String? = nil,
        layerCount: Int? = nil,
        _ body: () throws -> Int64
    ) throws {
        try measureElsewhere(work, driver: driver, layerCount: layerCount) {
            let (sample, amount) = try BenchmarkSample.measuring(body)
            return (sample, amount)
        }
    }

    /// As `measure`, of what measures itself because another process does it.
    func measureElsewhere(
        _ work: BenchmarkWork,
        driver: String? = nil,
        layerCount: Int? = nil,
        _ body: () throws -> (BenchmarkSample, Int64)
    ) throws {
        try check()
        guard works.contains(work) else {
            _ = try body()
            return
        }
        let subject = BenchmarkSubject(work, driver: driver, cache: cache, layerCount: layerCount)
        onStep(run, subject)
        if cache == .cold { try forget() }
        let (sample, amount) = try body()
        if samples[subject] == nil { subjects.append(subject) }
        samples[subject, default: []].append(sample)
        amounts[subject] = amount
    }

    /// Says that something is not measured, once.
    func omit(_ work: String?, driver: String?, _ reason: String) {
        let omission = BenchmarkReport.Omission(work: work, driver: driver, reason: reason)
        if !omissions.contains(omission) { omissions.append(omission) }
    }

    /// The figures: works in their order, of each the drivers in theirs.
    func figures(drivers: [String]) -> [BenchmarkFigure] {
        let works = BenchmarkWork.allCases
        func place(_ subject: BenchmarkSubject) -> (Int, Int, Int, Int) {
            (
                works.firstIndex(of: subject.work) ?? 0, subject.layerCount ?? 0,
                subject.driver.flatMap { drivers.firstIndex(of: $0) } ?? 0, subject.cache == .warm ? 0 : 1
            )
        }
        return subjects.sorted { place($0) < place($1) }.compactMap { subject in
            BenchmarkFigure(subject, amount: amounts[subject] ?? 0, samples[subject] ?? [])
        }
    }
}
