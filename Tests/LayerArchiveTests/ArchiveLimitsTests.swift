import LayerArchive
import LayerModel
import LayerTestKit
import Testing

@Suite("Archive limits")
struct ArchiveLimitsTests {
    struct Limit: CustomStringConvertible, Sendable {
        let description: String
        let error: String
        let lower: @Sendable (inout ArchiveLimits) -> Void
    }

    private static let all = [
        Limit(description: "entries", error: "too many entries (over 3)") { $0.entryCount = 3 },
        Limit(description: "extension headers", error: "too many extension headers (over 2)") {
            $0.extensionHeaderCount = 2
        },
        Limit(description: "bytes of extension headers", error: "extension header too large (over 200 bytes)") {
            $0.extensionHeaderByteCount = 200
        },
        Limit(description: "bytes of the tar", error: "tar larger than 9000 bytes") { $0.layerByteCount = 9000 },
        Limit(description: "sparse regions", error: "too many sparse regions (over 2)") { $0.sparseRegionCount = 2 },
        Limit(description: "attribute value", error: "extended attribute too large (over 19 bytes)") {
            $0.xattrValueByteCount = 19
        },
        Limit(description: "attribute name", error: "name of an extended attribute too long (over 9 bytes)") {
            $0.xattrNameByteCount = 9
        },
        Limit(description: "attributes", error: "too many extended attributes (over 2)") { $0.xattrCount = 2 },
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
        tar.addZeroBlocks()
        return tar.bytes
    }()

    @Test("What is over a limit is refused with an error that names it", arguments: all)
    func limits(_ limit: Limit) {
        #expect(TarReading.failure(Self.tar) == nil)
        var limits = ArchiveLimits.standard
        limit.lower(&limits)
        let text = TarReading.failure(Self.tar, limits: limits).map { "\($0)" } ?? "no error"
        #expect(text.hasSuffix(limit.error), "\(text)")
    }

    @Test("What is just at the limits is read")
    func atLimits() {
        var limits = ArchiveLimits.standard
        limits.entryCount = 4
        limits.extensionHeaderCount = 3
        limits.sparseRegionCount = 3
        limits.xattrCount = 3
        limits.xattrValueByteCount = 20
        limits.xattrNameByteCount = 10
        limits.layerByteCount = Int64(Self.tar.count)
        #expect(TarReading.failure(Self.tar, limits: limits) == nil)
    }
}
