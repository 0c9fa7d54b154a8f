internal import CZstd
internal import LayerModel

/// Decodes zstd: all frames, skippable ones too, with their checksums.
///
/// Source: RFC 8878 (contract L-09).
@safe final class ZstdDecoder: ByteSource {
    /// The largest window that is decoded, as a power of two: 128 MiB, what `zstd` itself takes without being told more.
    private static let windowLogLimit: Int32 = 27

    private let upstream: any ByteSource
    private let output = OutputBuffer()
    private let context: OpaquePointer
    /// What is left of the current chunk of the upstream.
    private var input = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    private var isInFrame = false
    private var hasPendingOutput = false
    private var isAtEnd = false

    init(_ upstream: any ByteSource) {
        self.upstream = upstream
        guard let context = unsafe ZSTD_createDCtx() else { preconditionFailure("out of memory") }
        unsafe self.context = context
        unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.windowLogLimit)
    }

    deinit {
        unsafe ZSTD_freeDCtx(context)
    }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        var filled = 0
        while !isAtEnd, filled < OutputBuffer.byteCount {
            if unsafe input.isEmpty, !hasPendingOutput {
                unsafe input = try upstream.nextChunk()
                if unsafe input.isEmpty {
                    if isInFrame { throw ArchiveError.truncated("zstd stream") }
                    isAtEnd = true
                    break
                }
            }
            filled += try step(at: filled)
        }
        return unsafe output.prefix(filled)
    }

    /// Decodes some bytes to a place in the output, and gives their count.
    private func step(at offset: Int) throws -> Int {
        let room = OutputBuffer.byteCount - offset
        var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        let target = unsafe output.bytes.baseAddress.map { unsafe $0 + offset }
        var sink = unsafe ZSTD_outBuffer(dst: target, size: room, pos: 0)
        let status = unsafe ZSTD_decompressStream(context, &sink, &source)
        if ZSTD_isError(status) != 0 { throw ZstdFrame.error(status) }
        unsafe input = UnsafeRawBufferPointer(rebasing: input.dropFirst(source.pos))
        isInFrame = status != 0
        unsafe hasPendingOutput = isInFrame && sink.pos == room
        return unsafe sink.pos
    }
}
