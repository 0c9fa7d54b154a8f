internal import CZstd

/// zstd: all frames, skippable ones too, with their checksums.
///
/// Source: RFC 8878 (contract L-09).
@safe final class ZstdCodec: FrameCodec {
    /// The longest header of a frame in bytes: magic 4, descriptor 1, window 1, dictionary ID 4, content size 8.
    private static let frameHeaderByteLimit = 18

    let streamName = "zstd stream"
    let takesPadding = false
    private let context: OpaquePointer
    private let windowByteLimit: Int64
    /// How much of the frame has been fed, as far as that matters.
    private var framePosition = 0

    /// Prepares to decode.
    ///
    /// - Parameter windowByteLimit: The largest window that is decoded, in bytes, rounded down to a power of two.
    init(windowByteLimit: Int64) {
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

    /// Decodes a part; a frame's header goes in byte by byte.
    ///
    /// A frame that libzstd has whole, it decodes by other code, which takes other frames than its streaming does. What is refused must not
    /// depend on how the bytes arrive.
    func decode(_ input: UnsafeRawBufferPointer, to output: UnsafeMutableRawBufferPointer) throws -> FrameProgress {
        let count = framePosition < Self.frameHeaderByteLimit ? min(1, input.count) : input.count
        var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: count, pos: 0)
        var sink = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let status = unsafe ZSTD_decompressStream(context, &sink, &source)
        if ZSTD_isError(status) != 0 { throw ZstdFrame.error(status, windowByteLimit: windowByteLimit) }
        let isInFrame = status != 0
        framePosition = unsafe isInFrame ? min(framePosition + source.pos, Self.frameHeaderByteLimit) : 0
        return unsafe FrameProgress(
            consumedByteCount: source.pos,
            producedByteCount: sink.pos,
            isInFrame: isInFrame
        )
    }
}
