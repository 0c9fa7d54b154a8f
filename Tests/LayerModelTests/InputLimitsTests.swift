import LayerModel
import Testing

@Suite struct InputLimitsTests {
    @Test("Each limit has a name, a sane range, and words of its own", arguments: InputLimit.allCases)
    func table(limit: InputLimit) {
        #expect(limit.standard >= 0 && limit.standard <= limit.greatest)
        #expect(limit.rawValue.allSatisfy { $0.isLowercase || $0 == "-" })
        #expect(!limit.summary.isEmpty)
        #expect(InputLimits.standard[limit] == limit.standard)
        #expect(InputLimits.unlimited[limit] == (limit.isFloor ? limit.standard : limit.greatest))
    }

    @Test("What is set is in force, no less than nothing and no more than can be asked for")
    func setting() {
        var limits = InputLimits()
        limits[.entries] = 7
        limits[.depth] = .max
        limits[.ratio] = -1
        #expect(limits[.entries] == 7)
        #expect(limits[.depth] == InputLimit.depth.greatest)
        #expect(limits[.ratio] == 0)
        limits[.ratio] = InputLimit.ratio.standard
        limits[.entries] = InputLimit.entries.standard
        #expect(limits == .standard)
    }

    @Test("A refusal names the limit, and how more is allowed where more can be")
    func refusals() {
        #expect(InputLimit.entries.refusal("too many") == "too many; --limit entries=N allows more")
        #expect(InputLimit.pathBytes.refusal("too long") == "too long [limit path-bytes]")
        #expect(InputLimit.freeBytes.refusal("full").contains("--limit free-bytes=N"))
    }
}
