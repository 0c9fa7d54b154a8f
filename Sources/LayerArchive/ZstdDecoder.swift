internal import CZstd
internal import LayerModel

/// Decodes zstd: all frames, skippable ones too, with their checksums.
///
/// Source: RFC 8878 (contract L-09).
@safe final class ZstdDecoder: ByteSource {
    /// The longest header of a frame in bytes: magic 4, descriptor 1, window 1, dictionary ID 4, content size 8.
    private static let frameHeaderByteLimit = 18

    private let upstream: any ByteSource
    private let output = OutputBuffer()
    private let context: OpaquePointer
    private let windowByteLimit: Int64
    /// What is left of the current chunk of the upstream.
    private var input = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    private var isInFrame = false
    /// How much of the frame has been fed, as far as that matters.
    private var framePosition = 0
    private var hasPendingOutput = false
    private var isAtEnd = false

    /// Decodes a source.
    ///
    /// - Parameters:
    ///   - upstream: The frames.
    ///   - windowByteLimit: The largest window that is decoded, in bytes, rounded down to a power of two.
    init(_ upstream: any ByteSource, windowByteLimit: Int64) {
        self.upstream = upstream
        self.windowByteLimit = windowByteLimit
        guard let context = unsafe ZSTD_createDCtx() else { preconditionFailure("out of memory") }
        unsafe self.context = context
        unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.log(windowByteLimit))
    }

    deinit {
        unsafe ZSTD_freeDCtx(context)
    }

    /// The power of two that libzstd is to be told: at least 10, at most 31.
    private static func log(_ byteCount: Int64) -> Int32 {
        Int32(clamping: min(31, max(10, 63 - max(1, byteCount).leadingZeroBitCount)))
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
    ///
    /// A frame that libzstd has whole, it decodes by other code, which takes other frames than its streaming does. What is refused must not depend
    /// on how the bytes arrive, so that the header goes in byte by byte.
    private func step(at offset: Int) throws -> Int {
        let room = OutputBuffer.byteCount - offset
        let count = unsafe framePosition < Self.frameHeaderByteLimit ? min(1, input.count) : input.count
        var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: count, pos: 0)
        let target = unsafe output.bytes.baseAddress.map { unsafe $0 + offset }
        var sink = unsafe ZSTD_outBuffer(dst: target, size: room, pos: 0)
        let status = unsafe ZSTD_decompressStream(context, &sink, &source)
        if ZSTD_isError(status) != 0 { throw ZstdFrame.error(status, windowByteLimit: windowByteLimit) }
        unsafe input = UnsafeRawBufferPointer(rebasing: input.dropFirst(source.pos))
        isInFrame = status != 0
        framePosition = unsafe isInFrame ? min(framePosition + source.pos, Self.frameHeaderByteLimit) : 0
        unsafe hasPendingOutput = isInFrame && sink.pos == room
        return unsafe sink.pos
    }
}
