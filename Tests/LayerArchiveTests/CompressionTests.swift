import LayerArchive
import Testing

@Suite("Compression")
struct CompressionTests {
    @Test(
        "L-04: the compression is told by magic bytes",
        arguments: [
            ([], .none),
            ([0x1f, 0x8b], .none),
            ([0x1f, 0x8b, 8, 0], .gzip),
            ([0x1f, 0x8b, 9, 0], .none),
            (Array("BZh91AY&SY".utf8), .bzip2),
            ([0x42, 0x5a, 0x68, 0x39, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90], .bzip2),
            (Array("BZh9-is-a-name".utf8), .none),
            (Array("BZh9".utf8), .none),
            ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0], .xz),
            ([0x28, 0xb5, 0x2f, 0xfd], .zstd),
            ([0x50, 0x2a, 0x4d, 0x18], .zstd),
            ([0x5f, 0x2a, 0x4d, 0x18], .zstd),
            ([0x60, 0x2a, 0x4d, 0x18], .none),
            ([4, 0x22, 0x4d, 0x18], .lz4),
            (Array("etc/passwd".utf8), .none),
        ] as [([UInt8], Compression)]
    )
    func magic(_ prefix: [UInt8], _ expected: Compression) {
        #expect(Compression.sniff(prefix) == expected)
    }
}
