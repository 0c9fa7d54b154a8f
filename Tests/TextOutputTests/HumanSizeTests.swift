import Foundation
import LayerTestKit
import Testing

@testable import TextOutput

@Suite("Sizes")
struct HumanSizeTests {
    @Test(
        "A size is printed as go-units prints it with 3 and with 4 digits",
        arguments: [
            (0, "0B", "0B"), (1, "1B", "1B"), (99, "99B", "99B"), (999, "999B", "999B"), (1000, "1kB", "1kB"),
            (1001, "1kB", "1.001kB"), (1005, "1kB", "1.005kB"), (1006, "1.01kB", "1.006kB"),
            (1015, "1.01kB", "1.015kB"),
            (1024, "1.02kB", "1.024kB"), (1025, "1.02kB", "1.025kB"), (1235, "1.24kB", "1.235kB"),
            (1245, "1.25kB", "1.245kB"),
            (9994, "9.99kB", "9.994kB"), (9995, "9.99kB", "9.995kB"), (9996, "10kB", "9.996kB"),
            (12345, "12.3kB", "12.35kB"),
            (12350, "12.3kB", "12.35kB"), (99949, "99.9kB", "99.95kB"), (99950, "100kB", "99.95kB"),
            (99999, "100kB", "100kB"),
            (123_456, "123kB", "123.5kB"), (999_499, "999kB", "999.5kB"), (999_500, "1e+03kB", "999.5kB"),
            (999_949, "1e+03kB", "999.9kB"), (999_950, "1e+03kB", "1000kB"), (999_999, "1e+03kB", "1000kB"),
            (1_000_000, "1MB", "1MB"), (1_000_734, "1MB", "1.001MB"), (2_746_000, "2.75MB", "2.746MB"),
            (182_964_289, "183MB", "183MB"), (999_999_999, "1e+03MB", "1000MB"), (1_500_000_000, "1.5GB", "1.5GB"),
            (999_500_000_000, "1e+03GB", "999.5GB"), (1_234_567_890_123, "1.23TB", "1.235TB"),
            (1_000_000_000_000_000, "1PB", "1PB"), (Int64.max, "9.22EB", "9.223EB"), (-1, "-1B", "-1B"),
            (-1000, "-1e+03B", "-1000B"), (-1_234_567, "-1.23e+06B", "-1.235e+06B"),
        ] as [(Int64, String, String)]
    )
    func sizeIsPrintedAsGoUnitsPrintsIt(byteCount: Int64, three: String, four: String) {
        #expect(HumanSize.text(byteCount) == three)
        #expect(HumanSize.text(byteCount, significantDigits: 4) == four)
    }

    @Test("Sizes of chance are printed as C's %.3g and %.4g print them")
    func sizesArePrintedAsCPrintsThem() {
        var generator = SeededGenerator(seed: 0x5EED)
        let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]
        for round in 0..<20_000 {
            let bits = Int64(generator.next() >> UInt64(1 + round % 63))
            // Every other one lies near the edge of rounding: few digits, then a five.
            let byteCount =
                round.isMultiple(of: 2) ? bits : (bits % 20_000) * 5 * [1, 10, 1000, 100_000, 1_000_000][round % 5]
            var size = Double(byteCount)
            var unit = 0
            while size >= 1000 {
                size /= 1000
                unit += 1
            }
            #expect(HumanSize.text(byteCount) == String(format: "%.3g", size) + units[unit], "\(byteCount)")
            #expect(HumanSize.text(byteCount, significantDigits: 4) == String(format: "%.4g", size) + units[unit])
        }
    }

    @Test(
        "A size of a user is read in binary units",
        arguments: [
            ("0", 0), ("32", 32), ("32b", 32), ("32B", 32), ("32k", 32768), ("32K", 32768), ("32kb", 32768),
            ("32Kb", 32768),
            ("32KiB", 32768), ("32 kib", 32768), ("1.5g", 1_610_612_736), ("1.1k", 1126), ("2 ", 2),
            ("3t", 3_298_534_883_328),
            ("4P", 4_503_599_627_370_496), ("0.5b", 0), ("12.75 MiB", 13_369_344),
        ] as [(String, Int64)]
    )
    func sizeOfAUserIsRead(text: String, byteCount: Int64) {
        #expect(HumanSize.parse(text) == byteCount)
    }

    @Test(
        "What is no size is refused",
        arguments: [
            "", " ", "b", "k", "-1", "+1", "1.", ".5", "1.2.3", "1  k", " 1", "1kk", "1ki", "1bk", "1kbb", "1e3",
            "0x10", "1,5k", "nan",
            "inf", "９", "10000000p", "1e400", "1 kib ", "5z",
        ]
    )
    func whatIsNoSizeIsRefused(text: String) {
        #expect(HumanSize.parse(text) == nil)
    }
}
