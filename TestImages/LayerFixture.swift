/// One layer of the app image by itself, compressed.
public struct LayerFixture: Hashable, Sendable, CustomStringConvertible {
    /// Which layer, from the bottom; `FixtureFacts.layers` says what the bytes unpack to.
    public let number: Int
    /// The codec as a file name extension: `gz`, `zst`, `skippable.zst`, `bz2`, `xz`, `lz4`.
    public let codec: String

    /// Every layer with gzip and zstd, one or two with the rest.
    ///
    /// Layer 0 is three gzip members, and two zstd frames around a skippable one; `skippable.zst` begins with a skippable frame.
    public static let all: [LayerFixture] =
        ["gz", "zst"].flatMap { codec in (0..<7).map { Self(number: $0, codec: codec) } }
        + ["bz2", "xz", "lz4"].map { Self(number: 0, codec: $0) } + [Self(number: 1, codec: "skippable.zst")]

    /// Where it lies, absolute.
    public var path: String { ImageFixture.directory + "/layers/app-\(number).tar.\(codec)" }

    /// The file's name.
    public var description: String { "app-\(number).tar.\(codec)" }
}
