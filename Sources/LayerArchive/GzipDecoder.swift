internal import CISAL
internal import LayerModel

/// Decodes gzip, all members of it, and verifies the checksum and the length of each.
///
/// Bytes after the last member that do not begin another one are left in the upstream: gzip programs pass over them.
///
/// Source: RFC 1952 (contract L-09).
@safe final class GzipDecoder: ByteSource {
    private let upstream: any ByteSource
    private let output = OutputBuffer()
    private let decoder: OpaquePointer
    /// What is left of the current chunk of the upstream.
    private var input = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    private var isAtEnd = false
    /// Whether the decoder may hold output that had no room.
    private var hasPendingOutput = false

    init(_ upstream: any ByteSource) {
        self.upstream = upstream
        guard let decoder = unsafe cisal_inflate_create() else { preconditionFailure("out of memory") }
        unsafe self.decoder = decoder
    }

    deinit {
        unsafe cisal_inflate_free(decoder)
    }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        var filled = 0
        while !isAtEnd, filled < OutputBuffer.byteCount {
            if unsafe input.isEmpty, !hasPendingOutput {
                unsafe input = try upstream.nextChunk()
                if unsafe input.isEmpty { throw ArchiveError.truncated("gzip stream") }
            }
            filled += try step(at: filled)
        }
        return unsafe output.prefix(filled)
    }

    /// Decodes some bytes to a place in the output, and gives their count.
    private func step(at offset: Int) throws -> Int {
        var consumed = 0
        var produced = 0
        let room = OutputBuffer.byteCount - offset
        let target = unsafe output.bytes.baseAddress.map { unsafe $0 + offset }
        let status = unsafe cisal_inflate_step(
            decoder,
            input.baseAddress,
            input.count,
            &consumed,
            target,
            room,
            &produced
        )
        unsafe input = UnsafeRawBufferPointer(rebasing: input.dropFirst(consumed))
        hasPendingOutput = produced == room
        if status == CISAL_MEMBER_END {
            hasPendingOutput = false
            try startNextMember()
        } else if status != CISAL_IN_PROGRESS {
            throw Self.error(status)
        }
        return produced
    }

    /// Looks whether another member follows.
    ///
    /// One byte may be the last of a chunk.
    private func startNextMember() throws {
        if unsafe input.isEmpty { unsafe input = try upstream.nextChunk() }
        guard unsafe input.first == 0x1f else {
            isAtEnd = true
            return
        }
        unsafe cisal_inflate_restart(decoder)
        if unsafe input.count > 1 {
            isAtEnd = unsafe input[1] != 0x8b
            return
        }
        // The decoder keeps the one byte, so the next chunk may be asked for.
        _ = try step(at: 0)
        unsafe input = try upstream.nextChunk()
        isAtEnd = unsafe input.first != 0x8b
    }

    private static func error(_ status: Int32) -> ArchiveError {
        switch status {
        case CISAL_INCORRECT_CHECKSUM: .checksum("gzip")
        case CISAL_INVALID_HEADER: .corrupt("gzip stream", reason: "bad header")
        case CISAL_UNSUPPORTED_METHOD: .unsupported("gzip method")
        default: .corrupt("gzip stream", reason: "bad deflate data")
        }
    }
}
