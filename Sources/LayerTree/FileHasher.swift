import LayerArchive

/// Computes the content digest of files that may have holes, at the cost of their data.
///
/// The digest is that of the content but for each aligned MiB of zeros: such blocks are left out, and the offset of the first block
/// behind them (8 bytes, little-endian) stands in their place. Only content decides, not where holes are: a file system may keep others
/// than the tar had. A file without such a block has the plain digest. Without this rule a tar of one kilobyte could ask for the
/// hashing of a terabyte.
struct FileHasher: ~Copyable {
    static let blockByteCount: Int64 = 1 << 20
    private static let zeros = [UInt8](repeating: 0, count: 4096)

    private var hasher = ContentHasher()
    private var position: Int64 = 0
    /// Whether the block at hand has had no other byte than 0; then nothing of it is hashed yet.
    private var isBlockZero = true
    private var isBehindGap = false

    /// Starts another file.
    mutating func reset() {
        hasher.reset()
        (position, isBlockZero, isBehindGap) = (0, true, false)
    }

    /// Takes the next bytes of the file.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(Int(Self.blockByteCount - offsetInBlock)))
            rest = rest.dropFirst(part.count)
            if isBlockZero, !Self.isZero(part) { beginBlock() }
            if !isBlockZero { hasher.update(part) }
            advance(Int64(part.count))
        }
    }

    /// Takes zeros that are not at hand.
    mutating func skip(_ byteCount: Int64) {
        let head = min(byteCount, -position & (Self.blockByteCount - 1))
        takeZeros(head)
        let whole = (byteCount - head) & ~(Self.blockByteCount - 1)
        if whole > 0 {
            position += whole
            isBehindGap = true
        }
        takeZeros(byteCount - head - whole)
    }

    /// Gives the digest of the file.
    mutating func finish() -> ContentDigest {
        if isBlockZero, offsetInBlock > 0 { beginBlock() }
        return hasher.finish()
    }

    private var offsetInBlock: Int64 { position & (Self.blockByteCount - 1) }

    private mutating func takeZeros(_ byteCount: Int64) {
        guard byteCount > 0 else { return }
        if !isBlockZero { hashZeros(byteCount) }
        advance(byteCount)
    }

    private mutating func advance(_ byteCount: Int64) {
        position += byteCount
        guard offsetInBlock == 0 else { return }
        if isBlockZero { isBehindGap = true }
        isBlockZero = true
    }

    /// Hashes what the block at hand has had so far, which is zeros, and where it stands if blocks before it were left out.
    private mutating func beginBlock() {
        isBlockZero = false
        if isBehindGap {
            isBehindGap = false
            withUnsafeBytes(of: (position - offsetInBlock).littleEndian) { hasher.update($0) }
        }
        hashZeros(offsetInBlock)
    }

    private mutating func hashZeros(_ byteCount: Int64) {
        var rest = Int(byteCount)
        while rest > 0 {
            let part = min(rest, Self.zeros.count)
            Self.zeros.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0.prefix(part))) }
            rest -= part
        }
    }

    private static func isZero(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let words = bytes.count / 8
        for word in 0..<words where bytes.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self) != 0 { return false }
        for index in (words * 8)..<bytes.count where bytes[index] != 0 { return false }
        return true
    }
}
