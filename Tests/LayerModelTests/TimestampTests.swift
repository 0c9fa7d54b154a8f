import LayerModel
import Testing

@Suite("Moments")
struct TimestampTests {
    @Test("L-26: moments before 1970 are ordered like all others")
    func order() {
        let moments = [
            Timestamp(seconds: .min), Timestamp(seconds: -2, nanoseconds: 999_999_999), Timestamp(seconds: -1),
            Timestamp(seconds: -1, nanoseconds: 1), Timestamp(seconds: 0),
            Timestamp(seconds: 0, nanoseconds: 999_999_999),
            Timestamp(seconds: 1), Timestamp(seconds: .max, nanoseconds: 999_999_999),
        ]
        #expect(moments.shuffled().sorted() == moments)
        #expect(!(moments[3] < moments[3]))
        #expect(Timestamp(seconds: 0, nanoseconds: 1) != Timestamp(seconds: 0))
    }

    @Test(
        "L-26: more nanoseconds than a second has are those of its end",
        arguments: [(0, 0), (999_999_999, 999_999_999), (1_000_000_000, 999_999_999), (.max, 999_999_999)]
            as [(UInt32, UInt32)]
    )
    func clamping(_ nanoseconds: UInt32, _ kept: UInt32) {
        let moment = Timestamp(seconds: 5, nanoseconds: nanoseconds)
        #expect(moment.seconds == 5)
        #expect(moment.nanoseconds == kept)
    }
}
