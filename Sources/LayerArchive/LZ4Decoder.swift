internal import CLZ4
internal import LayerModel

/// Decodes lz4: all frames, skippable ones too, with their checksums; zeros behind a frame are padding.
///
/// By liblz4 and not by libarchive, which takes a block without content for the end of everything and passes over what follows.
///
/// Source: the lz4 frame format document, version 1.6 (contract L-09).
@safe final class LZ4Decoder: ByteSource {
    private let upstream: any ByteSource
    private let output = OutputBuffer()
    private let context: OpaquePointer
    /// What is left of the current chunk of the upstream.
    private var input = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    private var isInFrame = false
    private var isBehindFrame = false
    private var hasPendingOutput = false
    private var isAtEnd = false

    init(_ upstream: any ByteSource) {
        self.upstream = upstream
        var context: OpaquePointer?
        _ = unsafe LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))
        guard let context = unsafe context else { preconditionFailure("out of memory") }
        unsafe self.context = context
    }

    deinit {
        unsafe _ = LZ4F_freeDecompressionContext(context)
    }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        var filled = 0
        while !isAtEnd, filled < OutputBuffer.byteCount {
            if unsafe input.isEmpty, !hasPendingOutput {
                unsafe input = try upstream.nextChunk()
                if unsafe input.isEmpty {
                    if isInFrame { throw ArchiveError.truncated("lz4 stream") }
                    isAtEnd = true
                    break
                }
            }
            if isBehindFrame, !isInFrame {
                unsafe input = UnsafeRawBufferPointer(rebasing: input.drop { $0 == 0 })
                if unsafe input.isEmpty { continue }
            }
            filled += try step(at: filled)
        }
        return unsafe output.prefix(filled)
    }

    /// Decodes some bytes to a place in the output, and gives their count.
    private func step(at offset: Int) throws -> Int {
        var produced = OutputBuffer.byteCount - offset
        var consumed = unsafe input.count
        let room = produced
        let target = unsafe output.bytes.baseAddress.map { unsafe $0 + offset }
        let status = unsafe LZ4F_decompress(context, target, &produced, input.baseAddress, &consumed, nil)
        if LZ4F_isError(status) != 0 { throw Self.error(status) }
        unsafe input = UnsafeRawBufferPointer(rebasing: input.dropFirst(consumed))
        isInFrame = status != 0
        isBehindFrame = isBehindFrame || !isInFrame
        hasPendingOutput = isInFrame && produced == room
        return produced
    }

    private static func error(_ status: Int) -> ArchiveError {
        let name = unsafe String(cString: LZ4F_getErrorName(status))
        return name.hasSuffix("hecksum_invalid") ? .checksum("lz4") : .corrupt("lz4 stream", reason: name)
    }
}
