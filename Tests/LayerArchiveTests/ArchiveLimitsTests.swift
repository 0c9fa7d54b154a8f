import LayerArchive
import LayerModel
import LayerTestKit
import Testing

@Suite("Archive limits")
struct ArchiveLimitsTests {
    struct Limit: CustomStringConvertible, Sendable {
        let limit: InputLimit
        let value: Int64
        let error: String

        var description: String { limit.rawValue }
    }

    private static let all = [
        Limit(limit: .entries, value: 3, error: "too many entries (over 3)"),
        Limit(limit: .extensionHeaders, value: 2, error: "too many extension headers (over 2)"),
        Limit(limit: .extensionBytes, value: 200, error: "extension header too large (over 200 bytes)"),
        Limit(limit: .layerBytes, value: 9000, error: "tar larger than 9000 bytes"),
        Limit(limit: .sparseRegions, value: 2, error: "too many sparse regions (over 2)"),
        Limit(limit: .sparseBytes, value: 4999, error: "sparse file larger than 4999 bytes"),
        Limit(limit: .attributeBytes, value: 19, error: "extended attribute too large (over 19 bytes)"),
        Limit(limit: .attributeNameBytes, value: 9, error: "name of an extended attribute too long (over 9 bytes)"),
        Limit(limit: .attributes, value: 2, error: "too many extended attributes (over 2)"),
        Limit(limit: .ownerID, value: 999, error: "uid 1000 over 999"),
        Limit(limit: .deviceNumber, value: 4, error: "device number 7 over 4"),
    ]

    /// At every limit of the list above, and over none of the standard ones.
    private static let tar: [UInt8] = {
        var tar = RawTar()
        tar.addFile("a", String(repeating: "x", count: 4000))
        tar.addExtension("K", Array("target\0".utf8))
        tar.addExtension("L", Array(String(repeating: "l", count: 90).utf8) + [0])
        tar.addPax([
            ("SCHILY.xattr.user.one", "1"), ("SCHILY.xattr.user.two", String(repeating: "v", count: 20)),
            ("SCHILY.xattr.user.three", "3"), ("comment", String(repeating: "c", count: 50)),
        ])
        tar.addFile("b")
        tar.addSparse(
            regions: [(512, 512), (2048, 512), (4096, 512)],
            byteCount: 5000,
            body: [UInt8](repeating: 1, count: 1536)
        )
        tar.addFile("d")
        tar.add(
            RawTar.Header(
                name: Array("e".utf8),
                uid: RawTar.octal(1000, digits: 7),
                typeFlag: UInt8(ascii: "3"),
                devices: (RawTar.octal(7, digits: 7), RawTar.octal(1, digits: 7))
            )
        )
        tar.addZeroBlocks()
        return tar.bytes
    }()

    @Test("What is over a limit is refused with an error that names it", arguments: all)
    func limits(_ limit: Limit) {
        #expect(TarReading.failure(Self.tar) == nil)
        var limits = InputLimits()
        limits[limit.limit] = limit.value
        let text = TarReading.failure(Self.tar, limits: ArchiveLimits(limits)).map { "\($0)" } ?? "no error"
        #expect(text.hasSuffix(limit.limit.refusal(limit.error)), "\(text)")
        #expect(text.contains(limit.limit.rawValue), "\(text)")
    }

    @Test("What is just at the limits is read")
    func atLimits() {
        var limits = InputLimits()
        limits[.entries] = 5
        limits[.extensionHeaders] = 3
        limits[.sparseRegions] = 3
        limits[.sparseBytes] = 5000
        limits[.attributes] = 3
        limits[.attributeBytes] = 20
        limits[.attributeNameBytes] = 10
        limits[.ownerID] = 1000
        limits[.deviceNumber] = 7
        limits[.layerBytes] = Int64(Self.tar.count)
        #expect(TarReading.failure(Self.tar, limits: ArchiveLimits(limits)) == nil)
    }

    @Test("No limit can be set so that counting with it overflows")
    func unlimited() {
        #expect(TarReading.failure(Self.tar, limits: ArchiveLimits(.unlimited)) == nil)
    }
}
