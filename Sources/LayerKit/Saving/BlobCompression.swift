import LayerArchive

/// How layers are compressed when they are written.
public enum BlobCompression: Hashable, Sendable {
    /// Not at all.
    case uncompressed
    /// With gzip, of a level of 1 to 9.
    case gzip(level: Int32)
    /// With zstd, of a level of 1 to 19.
    case zstd(level: Int32)

    /// The level that layers of software get nearly all from: 6 takes 1.7 times as long for 3 % less.
    static let usualGzipLevel: Int32 = 4

    /// Reads the form `none`, `gzip[:LEVEL]` or `zstd[:LEVEL]`; nil for anything else.
    ///
    /// - Parameter text: What the user wrote.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let level = parts.count == 2 ? Int32(parts[1]) : nil
        guard parts.count == 1 || level != nil else { return nil }
        switch (parts[0], level) {
        case ("none", nil): self = .uncompressed
        case ("gzip", nil): self = .gzip(level: Self.usualGzipLevel)
        case ("gzip", let level?) where (1...9).contains(level): self = .gzip(level: level)
        case ("zstd", nil): self = .zstd(level: 3)
        case ("zstd", let level?) where (1...19).contains(level): self = .zstd(level: level)
        default: return nil
        }
    }

    /// What the bytes are told by.
    var compression: Compression {
        switch self {
        case .uncompressed: .none
        case .gzip: .gzip
        case .zstd: .zstd
        }
    }
}
