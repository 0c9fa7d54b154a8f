internal import CZstd
internal import LayerModel

/// One buffer as one zstd frame, and back.
package enum ZstdFrame {
    /// Compresses bytes to one frame that carries the length and a checksum.
    ///
    /// - Parameters:
    ///   - bytes: What is to be compressed.
    ///   - level: The level of zstd, 1 to 22.
    /// - Returns: The frame.
    /// - Throws: `ArchiveError` when memory is short.
    package static func compress(_ bytes: UnsafeRawBufferPointer, level: Int32 = 3) throws -> [UInt8] {
        let encoder = ZstdStreamEncoder(level: level, contentByteCount: bytes.count)
        var frame: [UInt8] = []
        unsafe try encoder.write(bytes) { unsafe frame.append(contentsOf: $0) }
        unsafe try encoder.finish { unsafe frame.append(contentsOf: $0) }
        return frame
    }

    /// Decompresses one or more frames whose content has a known length.
    ///
    /// - Parameters:
    ///   - bytes: Whole frames and nothing else.
    ///   - expectedByteCount: The length of the content in bytes; checked by the caller against what it may allocate.
    /// - Returns: The content.
    /// - Throws: `ArchiveError` when the frames are damaged, or their content has another length.
    package static func decompress(_ bytes: UnsafeRawBufferPointer, expectedByteCount: Int) throws -> [UInt8] {
        unsafe try [UInt8](unsafeUninitializedCapacity: expectedByteCount) { buffer, count in
            let status = unsafe ZSTD_decompress(buffer.baseAddress, expectedByteCount, bytes.baseAddress, bytes.count)
            if ZSTD_isError(status) != 0 { throw error(status) }
            guard status == expectedByteCount else {
                throw ArchiveError.corrupt("zstd frame", reason: "its content has another length")
            }
            count = status
        }
    }

    /// Says what a status of libzstd means.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - windowByteLimit: The largest window that is decoded, in bytes.
    /// - Returns: The error.
    static func error(
        _ status: Int,
        windowByteLimit: Int64 = ArchiveLimits.standard.zstdWindowByteCount
    ) -> ArchiveError {
        switch ZSTD_getErrorCode(status) {
        case ZSTD_error_frameParameter_windowTooLarge:
            .limit(.zstdWindow, "zstd window too large (over \(windowByteLimit) bytes)")
        case ZSTD_error_checksum_wrong: .checksum("zstd")
        case ZSTD_error_srcSize_wrong: .truncated("zstd stream")
        default: .corrupt("zstd stream", reason: unsafe String(cString: ZSTD_getErrorName(status)))
        }
    }
}
