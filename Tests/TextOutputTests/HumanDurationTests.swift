import Testing

@testable import TextOutput

@Suite("Durations in words")
struct HumanDurationTests {
    @Test(
        "A duration is worded as go-units words it",
        arguments: [
            (Int64.min, "Less than a second"), (0, "Less than a second"), (1, "1 second"), (2, "2 seconds"),
            (59, "59 seconds"), (60, "About a minute"), (119, "About a minute"), (120, "2 minutes"),
            (3540, "59 minutes"), (3599, "59 minutes"), (3600, "About an hour"), (5399, "About an hour"),
            (5400, "2 hours"), (47 * 3600 + 1799, "47 hours"), (47 * 3600 + 1800, "2 days"),
            (335 * 3600, "13 days"), (336 * 3600, "2 weeks"), (1439 * 3600, "8 weeks"), (1440 * 3600, "2 months"),
            (17519 * 3600, "24 months"), (17519 * 3600 + 1800, "1 years"), (17520 * 3600, "2 years"),
            (63_902_822_400, "292 years"), (Int64.max, "292 years"),
        ] as [(Int64, String)]
    )
    func durationIsWordedAsGoUnitsWordsIt(seconds: Int64, words: String) {
        #expect(HumanDuration.text(seconds: seconds) == words)
    }
}
