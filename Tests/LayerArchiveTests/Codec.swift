import LayerArchive
import LayerTestKit

/// A program that compresses.
struct Codec: CustomStringConvertible {
    let program: String
    let arguments: [String]
    let compression: Compression
    /// How many first bytes tell that a stream follows another one.
    let magicByteCount: Int

    var description: String { program }
    /// Whether it is installed; the codecs of libraries are tested through the own encoders anyway.
    var isAtHand: Bool { Need.find(program) != nil }

    static let all = [
        Codec(program: "gzip", arguments: ["-nc"], compression: .gzip, magicByteCount: 2),
        Codec(program: "zstd", arguments: ["-qc", "--check"], compression: .zstd, magicByteCount: 1),
        Codec(program: "bzip2", arguments: ["-c"], compression: .bzip2, magicByteCount: 10),
        Codec(program: "xz", arguments: ["-c"], compression: .xz, magicByteCount: 6),
        Codec(program: "lz4", arguments: ["-qc", "--content-size"], compression: .lz4, magicByteCount: 11),
    ]

    func compress(_ content: [UInt8]) throws -> [UInt8] {
        try Tool.run(program, arguments, input: content)
    }

    /// One member of gzip by the encoder of the module.
    static func gzipMember(_ content: [UInt8]) -> [UInt8] {
        GzipMember.compress(content)
    }

    /// One frame of zstd by the encoder of the module.
    static func zstdFrame(_ content: [UInt8]) throws -> [UInt8] {
        try content.withUnsafeBytes { try ZstdFrame.compress($0) }
    }
}
