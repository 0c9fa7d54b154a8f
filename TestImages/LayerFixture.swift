/// One layer of the app image by itself, compressed.
public struct LayerFixture: Hashable, Sendable, CustomStringConvertible {
    /// Which layer, from the bottom; `FixtureFacts.layers` says what the bytes unpack to.
    public let number: Int
    /// The codec as a file name extension: `gz`, `zst`, `bz2`, `xz`, `lz4`.
    public let codec: String

    /// Layer 0 is three gzip members, and two zstd frames after a skippable one; layer 1 is one zstd frame after one.
    public static let all: [LayerFixture] =
        ["gz", "zst"].flatMap { codec in (0..<7).map { Self(number: $0, codec: codec) } }
        + ["bz2", "xz", "lz4"].map { Self(number: 0, codec: $0) }

    /// Where it lies, absolute.
    public var path: String { ImageFixture.directory + "/layers/app-\(number).tar.\(codec)" }

    /// The file's name.
    public var description: String { "app-\(number).tar.\(codec)" }
}
