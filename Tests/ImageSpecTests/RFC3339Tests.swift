import ImageSpec
import LayerModel
import LayerTestKit
import Testing

@Suite("RFC 3339 times")
struct RFC3339Tests {
    @Test(
        "are read as Go reads them, and printed as it prints them",
        arguments: [
            ("1970-01-01T00:00:00Z", 0, 0, nil), ("2017-01-01T12:00:03Z", 1_483_272_003, 0, nil),
            ("2014-10-01T20:46:13.51090041Z", 1_412_196_373, 510_900_410, nil),
            ("2013-06-13T14:03:50.821769-07:00", 1_371_157_430, 821_769_000, nil),
            ("2013-06-13T14:03:50+23:59", 1_371_045_890, 0, nil), ("2013-06-13T14:03:50-00:30", 1_371_134_030, 0, nil),
            ("2013-06-13T14:03:50+00:00", 1_371_132_230, 0, "2013-06-13T14:03:50Z"),
            ("2013-06-13T14:03:50-00:00", 1_371_132_230, 0, "2013-06-13T14:03:50Z"),
            ("2013-06-13T4:03:50,5Z", 1_371_096_230, 500_000_000, "2013-06-13T04:03:50.5Z"),
            ("2013-06-13T14:03:50.1234567899Z", 1_371_132_230, 123_456_789, "2013-06-13T14:03:50.123456789Z"),
            ("2013-06-13T14:03:50.000Z", 1_371_132_230, 0, "2013-06-13T14:03:50Z"),
            ("1969-12-31T23:59:59.999999999Z", -1, 999_999_999, nil), ("2000-02-29T00:00:00Z", 951_782_400, 0, nil),
            ("2100-02-28T23:59:59Z", 4_107_542_399, 0, nil), ("0001-01-01T00:00:00Z", -62_135_596_800, 0, nil),
            ("0000-02-29T00:00:00Z", -62_162_121_600, 0, nil), ("9999-12-31T23:59:59Z", 253_402_300_799, 0, nil),
            ("2038-01-19T03:14:08Z", 2_147_483_648, 0, nil),
        ] as [(String, Int64, UInt32, String?)]
    )
    func accepted(text: String, seconds: Int64, nanoseconds: UInt32, printed: String?) throws {
        let time = try #require(RFC3339Time(parsing: text))
        #expect(time.timestamp == Timestamp(seconds: seconds, nanoseconds: nanoseconds))
        #expect(time.description == printed ?? text)
        #expect(Timestamp(rfc3339: text) == time.timestamp)
    }

    @Test(
        "are nothing when they name no moment",
        arguments: [
            "", "yesterday", "2013-06-13", "2013-06-13T14:03:50", "2013-06-13 14:03:50Z", "2013-06-13t14:03:50Z",
            "2013-06-13T14:03:50z", "2013-06-13T14:03Z", "2013-6-13T14:03:50Z", "2013-06-1T14:03:50Z",
            "13-06-13T14:03:50Z",
            "02013-06-13T14:03:50Z", "99999-01-01T00:00:00Z", "-001-01-01T00:00:00Z", "2013-00-13T14:03:50Z",
            "2013-13-13T14:03:50Z", "2013-06-00T14:03:50Z", "2013-06-31T14:03:50Z", "2013-02-29T14:03:50Z",
            "2100-02-29T14:03:50Z", "2013-06-13T24:00:00Z", "2013-06-13T14:60:50Z", "2013-06-13T23:59:60Z",
            "2013-06-13T14:3:50Z", "2013-06-13T14:03:5Z", "2013-06-13T14:03:50.Z", "2013-06-13T14:03:50.5",
            "2013-06-13T14:03:50+0700", "2013-06-13T14:03:50+07", "2013-06-13T14:03:50+7:00",
            "2013-06-13T14:03:50+25:00",
            "2013-06-13T14:03:50+00:61", "2013-06-13T14:03:50Z ", " 2013-06-13T14:03:50Z", "2013-06-13T14:03:50ZZ",
            "\u{661}013-06-13T14:03:50Z", "0000-13-99T99:99:99Z",
        ]
    )
    func refused(_ text: String) {
        #expect(RFC3339Time(parsing: text) == nil)
    }

    @Test(
        "are printed for every second that 64 bits hold",
        arguments: [
            (.max, "292277026596-12-04T15:30:07Z"), (.min, "-292277022657-01-27T08:29:52Z"),
            (253_402_300_800, "10000-01-01T00:00:00Z"), (-62_167_219_201, "-0001-12-31T23:59:59Z"),
        ] as [(Int64, String)]
    )
    func extremes(seconds: Int64, text: String) {
        #expect(Timestamp(seconds: seconds).rfc3339() == text)
        // The clocks of the world beside it must not overflow either.
        _ = Timestamp(seconds: seconds).rfc3339(offsetSeconds: 50_400)
        _ = Timestamp(seconds: seconds).rfc3339(offsetSeconds: .max)
        _ = Timestamp(seconds: seconds).rfc3339(offsetSeconds: .min)
    }

    @Test(
        "are shown in the offset that is asked for",
        arguments: [
            (0, "2017-01-01T00:00:03Z"), (3_600, "2017-01-01T01:00:03+01:00"), (-1_800, "2016-12-31T23:30:03-00:30"),
            (20_700, "2017-01-01T05:45:03+05:45"), (30, "2017-01-01T00:00:33+00:00"),
        ]
    )
    func offsets(offset: Int, text: String) {
        #expect(Timestamp(seconds: 1_483_228_803).rfc3339(offsetSeconds: offset) == text)
    }

    @Test("come back the same for any moment of four-digit years", arguments: 0..<50)
    func roundTrip(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let timestamp = Timestamp(
                seconds: .random(in: -62_167_000_000...253_402_000_000, using: &generator),
                nanoseconds: .random(in: 0...999_999_999, using: &generator)
            )
            let offset = 60 * Int.random(in: -1_439...1_439, using: &generator)
            let text = timestamp.rfc3339(offsetSeconds: offset)
            let time = RFC3339Time(parsing: text)
            #expect(time == RFC3339Time(timestamp, offsetSeconds: offset), "seed \(seed): \(text)")
        }
    }
}
