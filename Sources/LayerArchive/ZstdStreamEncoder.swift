internal import CZstd

/// Compresses bytes that come in pieces to one zstd frame with a checksum.
@safe package final class ZstdStreamEncoder {
    private let output = OutputBuffer()
    private let context: OpaquePointer

    /// Starts a frame.
    ///
    /// - Parameters:
    ///   - level: The level of zstd, 1 to 22.
    ///   - contentByteCount: How many bytes will be written, when it is known; the frame then says so.
    ///   - windowLog: How far back alike bytes are looked for, as a power of two: what both ends keep in memory; nil for what the
    ///     level has.
    package init(level: Int32 = 3, contentByteCount: Int? = nil, windowLog: Int32? = nil) {
        guard let context = unsafe ZSTD_createCCtx() else { preconditionFailure("out of memory") }
        unsafe self.context = context
        unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
        unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        if let windowLog { unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowLog) }
        if let contentByteCount { unsafe ZSTD_CCtx_setPledgedSrcSize(context, UInt64(contentByteCount)) }
    }

    deinit {
        unsafe ZSTD_freeCCtx(context)
    }

    /// Compresses the next bytes.
    ///
    /// - Parameters:
    ///   - bytes: The next bytes of the content.
    ///   - sink: Takes compressed bytes, valid during the call only.
    /// - Throws: What the sink threw, or `ArchiveError` when memory is short.
    package func write(
        _ bytes: UnsafeRawBufferPointer,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        unsafe try run(bytes, ZSTD_e_continue, into: sink)
    }

    /// Ends the frame; the next write starts another.
    ///
    /// - Parameter sink: Takes compressed bytes, valid during the call only.
    /// - Throws: What the sink threw, or `ArchiveError` when the count of bytes is not what was announced.
    package func finish(into sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        unsafe try run(UnsafeRawBufferPointer(start: nil, count: 0), ZSTD_e_end, into: sink)
    }

    private func run(
        _ bytes: UnsafeRawBufferPointer,
        _ directive: ZSTD_EndDirective,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        var source = unsafe ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        while true {
            var target = unsafe ZSTD_outBuffer(dst: output.bytes.baseAddress, size: OutputBuffer.byteCount, pos: 0)
            let left = unsafe ZSTD_compressStream2(context, &target, &source, directive)
            if ZSTD_isError(left) != 0 { throw ZstdFrame.error(left) }
            if unsafe target.pos > 0 { unsafe try sink(output.prefix(target.pos)) }
            let isDone = unsafe directive == ZSTD_e_end ? left == 0 : source.pos == source.size
            if isDone { return }
        }
    }
}
