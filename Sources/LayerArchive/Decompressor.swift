package import LayerModel

/// Gives the content of a blob or an archive, whatever it is compressed with.
///
/// One compression is undone, the one that the first bytes tell: gzip (all members), zstd (all frames), bzip2, xz or lz4 (all
/// streams). Nothing else stands at the end of a good stream; bytes after the last gzip member are read and passed over, so
/// that a tap on the upstream counts them (contracts L-04, L-09 to L-12).
package final class Decompressor: ByteSource {
    private let head: PeekedSource
    private let limits: ArchiveLimits
    private var decoder: (any ByteSource)?
    private var failure: (any Error)?
    private var isAtEnd = false

    /// The compression that was found; nil before the first chunk.
    package private(set) var compression: Compression?
    /// How many bytes of content were given.
    package private(set) var byteCount: Int64 = 0

    /// Decodes a source.
    ///
    /// - Parameters:
    ///   - upstream: The bytes as they are stored.
    ///   - limits: What is refused: too many bytes of content, too many of one stored byte, too large a window.
    package init(_ upstream: any ByteSource, limits: ArchiveLimits = .standard) {
        head = PeekedSource(upstream)
        self.limits = limits
    }

    /// Gives the next bytes of the content.
    package func nextChunk() throws -> UnsafeRawBufferPointer {
        if let failure { throw failure }
        do {
            if isAtEnd { return unsafe UnsafeRawBufferPointer(start: nil, count: 0) }
            let chunk = unsafe try startedDecoder().nextChunk()
            byteCount += Int64(chunk.count)
            if byteCount > limits.layerByteCount {
                let reason = "content exceeds the limit of \(limits.layerByteCount) bytes"
                throw ArchiveError.limit(.layerBytes, reason)
            }
            try limits.expansion.check(byteCount, from: head.byteCount)
            if unsafe chunk.isEmpty { try finish() }
            return unsafe chunk
        } catch {
            failure = error
            throw error
        }
    }

    /// Passes over content where it is not compressed.
    package func skip(_ byteCount: Int64) throws -> Int64 {
        if failure == nil, compression == Compression.none { return try head.skip(byteCount) }
        return 0
    }

    private func startedDecoder() throws -> any ByteSource {
        if let decoder { return decoder }
        let found = Compression.sniff(try head.peek(Compression.prefixByteCount))
        let started: any ByteSource =
            switch found {
            case .none: head
            case .gzip: GzipDecoder(head)
            case .zstd: FrameDecoder(head, ZstdCodec(windowByteLimit: limits.zstdWindowByteCount))
            case .lz4: FrameDecoder(head, LZ4Codec())
            case .bzip2, .xz: ForeignDecoder(head, compression: found)
            }
        compression = found
        decoder = started
        return started
    }

    /// Reads what the decoder left behind its end.
    private func finish() throws {
        isAtEnd = true
        while unsafe try !head.nextChunk().isEmpty {}
    }
}
