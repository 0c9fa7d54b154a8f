import ImageSpec
import LayerKit
import LayerModel
import LayerTestKit
import Testing

/// Figures of a benchmark: how they are summed up, kept and compared.
@Suite struct BenchmarkReportTests {
    /// Measurements, and what Python's `statistics.quantiles(…, n=4, method="inclusive")` says of them.
    struct Summary: Sendable {
        let values: [Int64]
        let quartiles: [Double]

        init(_ values: [Int64], _ quartiles: [Double]) {
            self.values = values
            self.quartiles = quartiles
        }

        static let all = [
            Summary([7], [7, 7, 7]), Summary([3, 1], [1.5, 2, 2.5]), Summary([5, 1, 3], [2, 3, 4]),
            Summary([1, 2, 3, 4], [1.75, 2.5, 3.25]), Summary([10, 20, 30, 40, 50], [20, 30, 40]),
            Summary([9, 2, 7, 4, 1, 8], [2.5, 5.5, 7.75]), Summary([1, 1, 1, 1, 100], [1, 1, 1]),
            Summary([5, 5, 5, 5, 5, 5, 5], [5, 5, 5]),
            Summary([1_000_000_007, 1, 999_999_999, 3, 17, 900], [6.5, 458.5, 750_000_224.25]),
        ]
    }

    @Test("Quartiles are those that Python has, to the nanosecond", arguments: Summary.all)
    func quartiles(summary: Summary) throws {
        let statistics = try #require(BenchmarkStatistics(summary.values))
        #expect(statistics.count == summary.values.count)
        #expect(statistics.minimum == summary.values.min())
        #expect(statistics.maximum == summary.values.max())
        for (value, wanted) in zip(
            [statistics.firstQuartile, statistics.median, statistics.thirdQuartile],
            summary.quartiles
        ) {
            #expect(abs(Double(value) - wanted) <= 0.5)
        }
        #expect(BenchmarkStatistics([]) == nil)
    }

    private func figure(
        _ work: BenchmarkWork,
        driver: String? = nil,
        layers: Int? = nil,
        amount: Int64 = 1000,
        _ times: [Int64]
    ) throws -> BenchmarkFigure {
        let samples = times.map { BenchmarkSample(wallNanoseconds: $0, userNanoseconds: 2000, systemNanoseconds: 0) }
        let subject = BenchmarkSubject(work, driver: driver, cache: .warm, layerCount: layers)
        return try #require(BenchmarkFigure(subject, amount: amount, samples))
    }

    private func report(_ figures: BenchmarkFigure...) -> BenchmarkReport {
        var report = BenchmarkReport()
        report.version = "0.1.0"
        report.created = Timestamp(seconds: 1_700_000_000)
        report.machine.kernel = "6.1"
        report.machine.architecture = "amd64"
        report.machine.processor = "a processor"
        report.machine.processorCount = 2
        report.machine.memoryByteCount = 4096
        report.place = "store"
        report.fileSystem = "ext4"
        report.image.name = "made"
        report.image.layerCount = 5
        report.image.fileCount = 4000
        report.image.byteCount = 81_000_000
        report.runCount = 3
        report.coldness = .contents
        report.drivers = ["overlay"]
        report.figures = figures
        report.omissions = [BenchmarkReport.Omission(work: nil, driver: "fuse", reason: "not installed")]
        return report
    }

    @Test func `The JSON has its form to the byte`() throws {
        let report = try report(figure(.deep, driver: "overlay", layers: 50, [1_500_000, 1, 2_000_000_000]))
        let golden = #"""
            {"schema":"layerctl-bench/1","version":"0.1.0","created":"2023-11-14T22:13:20Z",
            "machine":{"kernel":"6.1","architecture":"amd64","processor":"a processor","processors":2,"memoryBytes":4096},
            "place":"store","fileSystem":"ext4","durability":"full",
            "image":{"name":"made","layers":5,"files":4000,"bytes":81000000},
            "runs":3,"coldness":"contents","drivers":["overlay"],
            "figures":[{"work":"deep","driver":"overlay","cache":"warm","layers":50,"unit":"operations","amount":1000,
            "perSecond":666667,"seconds":{"median":0.0015,"min":0.000000001,"max":2,"q1":0.000750001,"q3":1.00075},
            "userSeconds":{"median":0.000002,"min":0.000002,"max":0.000002,"q1":0.000002,"q3":0.000002},
            "systemSeconds":{"median":0,"min":0,"max":0,"q1":0,"q3":0},
            "samples":{"seconds":[0.0015,0.000000001,2],"userSeconds":[0.000002,0.000002,0.000002],"systemSeconds":[0,0,0]}}],
            "leftOut":[{"work":null,"driver":"fuse","reason":"not installed"}]}
            """#.split(separator: "\n").joined()
        #expect(String(decoding: JSONValue.object(report.json).encoded(), as: UTF8.self) == golden)
    }

    @Test func `What was saved is read as it was`() throws {
        let report = try report(
            figure(.unpack, [3, 2, 1]),
            figure(.mount, driver: "overlay", amount: 1, [5_000_000]),
            figure(.deep, driver: "overlay", layers: 500, [7, 8])
        )
        let store = try KitStore()
        let path = try store.file("bench.json", JSONValue.object(report.json).encoded())
        #expect(try BenchmarkReport(readingFrom: path) == report)
    }

    @Test(
        "What is no report is refused",
        arguments: [
            "", "[]", "{}", #"{"schema":"layerctl-bench/2"}"#,
            #"{"schema":"layerctl-bench/1","figures":[{"work":"mount","cache":"warm","amount":1,"samples":{}}]}"#,
            #"""
            {"schema":"layerctl-bench/1","figures":[{"work":"mount","cache":"warm","amount":1,
            "samples":{"seconds":[1],"userSeconds":[],"systemSeconds":[1]}}]}
            """#,
        ]
    )
    func refused(text: String) throws {
        let store = try KitStore()
        let path = try store.file("bench.json", Array(text.utf8))
        let error = #expect(throws: LayerError.self) { try BenchmarkReport(readingFrom: path) }
        #expect(error?.code == .corrupt, "\(error?.message ?? "")")
    }

    @Test func `A work that only a later version knows is passed over`() throws {
        let store = try KitStore()
        let text = #"{"schema":"layerctl-bench/1","figures":[{"work":"teleport"}],"more":1}"#
        #expect(try BenchmarkReport(readingFrom: store.file("bench.json", Array(text.utf8))).figures.isEmpty)
    }

    /// Times before and after, and what that is called.
    struct Change: Sendable {
        let old: [Int64]
        let new: [Int64]
        let verdict: BenchmarkComparison.Verdict
        let isTooMuch: Bool

        static let all = [
            Change(old: [100, 101, 102], new: [100, 101, 102], verdict: .same, isTooMuch: false),
            Change(old: [100, 101, 102], new: [130, 131, 132], verdict: .slower, isTooMuch: true),
            Change(old: [100, 101, 102], new: [110, 111, 112], verdict: .slower, isTooMuch: false),
            Change(old: [100, 101, 102], new: [50, 51, 52], verdict: .faster, isTooMuch: false),
            // The middle half of what is slower overlaps: it may be chance.
            Change(old: [100, 101, 300], new: [140, 150, 160], verdict: .same, isTooMuch: false),
            Change(old: [100], new: [130], verdict: .unsure, isTooMuch: true),
            Change(old: [100, 101], new: [105, 106], verdict: .unsure, isTooMuch: false),
        ]
    }

    @Test("A change is one beyond the spread of both", arguments: Change.all)
    func changes(change: Change) throws {
        let comparison = BenchmarkComparison(
            old: try report(figure(.mount, driver: "overlay", change.old)),
            new: try report(figure(.mount, driver: "overlay", change.new))
        )
        let row = try #require(comparison.rows.first)
        #expect(row.verdict == change.verdict)
        #expect(row.exceeds(1.2) == change.isTooMuch)
        #expect(comparison.differences.isEmpty)
    }

    @Test func `Twice the work in twice the time is no change`() throws {
        let comparison = BenchmarkComparison(
            old: try report(figure(.unpack, amount: 500, [100, 101, 102])),
            new: try report(figure(.unpack, amount: 1000, [200, 202, 204]))
        )
        #expect(comparison.rows.map(\.verdict) == [.same])
        #expect(comparison.rows.allSatisfy { abs($0.ratio - 1) < 0.000001 })
    }

    @Test func `What only one report has, and another machine, are told`() throws {
        let old = try report(figure(.mount, driver: "fuse", [1]), figure(.unpack, [1]))
        var new = try report(figure(.unpack, [1]), figure(.save, [1]))
        new.machine.kernel = "6.2"
        new.durability = .none
        let comparison = BenchmarkComparison(old: old, new: new)
        #expect(comparison.rows.map(\.subject.work) == [.unpack])
        #expect(comparison.onlyOld.map(\.work) == [.mount])
        #expect(comparison.onlyNew.map(\.work) == [.save])
        #expect(comparison.differences == ["kernel: 6.1, now 6.2", "durability: full, now none"])
    }
}
