/// The digest of one file's content in the layer index: XXH3, 128 bits.
///
/// It finds damage and tells files apart; it is no proof against someone who makes collisions. What a layer is trusted by is the
/// DiffID over the whole tar.
package struct ContentDigest: BitwiseCopyable, Hashable, Sendable {
    /// How many bytes the stored form has.
    package static let byteCount = 16

    /// The upper half.
    package let high: UInt64
    /// The lower half.
    package let low: UInt64

    /// Makes a digest from its halves.
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads the stored form, or gives nil when the count of bytes is another.
    package init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init(
            high: unsafe UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
    }

    /// The stored form: 16 bytes, the most significant first.
    ///
    /// Source: `XXH128_canonicalFromHash` of xxHash, the order in which `xxhsum -H2` prints.
    package var bytes: [UInt8] {
        [high, low].flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * $0)) } }
    }
}
