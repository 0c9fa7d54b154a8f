internal import CLZ4

/// lz4: all frames, skippable ones too, with their checksums; zeros behind a frame are padding.
///
/// By liblz4 and not by libarchive, which takes a block without content for the end of everything and passes over what follows.
///
/// Source: the lz4 frame format document, version 1.6 (contract L-09).
@safe final class LZ4Codec: FrameCodec {
    let streamName = "lz4 stream"
    let takesPadding = true
    private let context: OpaquePointer

    init() {
        var context: OpaquePointer?
        _ = unsafe LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))
        guard let context = unsafe context else { preconditionFailure("out of memory") }
        unsafe self.context = context
    }

    deinit {
        unsafe _ = LZ4F_freeDecompressionContext(context)
    }

    func decode(_ input: UnsafeRawBufferPointer, to output: UnsafeMutableRawBufferPointer) throws -> FrameProgress {
        var produced = output.count
        var consumed = input.count
        let status = unsafe LZ4F_decompress(
            context,
            output.baseAddress,
            &produced,
            input.baseAddress,
            &consumed,
            nil
        )
        if LZ4F_isError(status) != 0 { throw error(status) }
        return FrameProgress(consumedByteCount: consumed, producedByteCount: produced, isInFrame: status != 0)
    }

    private func error(_ status: Int) -> ArchiveError {
        let name = unsafe String(cString: LZ4F_getErrorName(status))
        return name.hasSuffix("hecksum_invalid") ? .checksum("lz4") : .corrupt(streamName, reason: name)
    }
}
