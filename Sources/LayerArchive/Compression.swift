/// How a blob or an archive is compressed, told by its first bytes.
///
/// Names and media types are never trusted for this (contract L-04).
package enum Compression: String, Sendable, CaseIterable {
    case none
    case gzip
    case bzip2
    case xz
    case zstd
    case lz4

    /// How many first bytes are enough to tell.
    package static let prefixByteCount = 10

    private static let magicNumbers: [(bytes: [UInt8], compression: Compression)] = [
        ([0x1f, 0x8b, 8], .gzip),
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], .xz),
        ([0x28, 0xb5, 0x2f, 0xfd], .zstd),
        ([4, 0x22, 0x4d, 0x18], .lz4),
    ]

    /// Tells the compression by magic number.
    ///
    /// A zstd skippable frame counts as zstd.
    ///
    /// Source: RFC 1952; RFC 8878 section 3.1.2; the xz and lz4 frame format documents; for bzip2 the stream and block magic.
    ///
    /// - Parameter prefix: The first bytes, `prefixByteCount` of them when there are so many.
    /// - Returns: The compression; `none` for anything that is not known, and for no bytes at all.
    package static func sniff(_ prefix: some Collection<UInt8>) -> Compression {
        for magic in magicNumbers where prefix.starts(with: magic.bytes) {
            return magic.compression
        }
        let bytes = Array(prefix.prefix(prefixByteCount))
        if bytes.count >= 4, bytes[0] & 0xf0 == 0x50, bytes[1...3] == [0x2a, 0x4d, 0x18] { return .zstd }
        return isBzip2(bytes) ? .bzip2 : .none
    }

    /// Looks at ten bytes, since a tar may well begin with a member that is named "BZh9".
    private static func isBzip2(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 10, bytes.starts(with: Array("BZh".utf8)) else { return false }
        guard (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(bytes[3]) else { return false }
        let block: [UInt8] = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]
        let end: [UInt8] = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]
        return bytes[4...].elementsEqual(block) || bytes[4...].elementsEqual(end)
    }
}
