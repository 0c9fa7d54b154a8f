internal import CZlib

/// Compresses bytes that come in pieces to one gzip member whose header is always the same: no name, no time, system unknown.
@safe package final class GzipEncoder {
    private let output = OutputBuffer()
    private let stream: UnsafeMutablePointer<z_stream>
    private let header: UnsafeMutablePointer<gz_header>

    /// Starts a member.
    ///
    /// - Parameter level: The level of zlib, 0 to 9.
    package init(level: Int32 = 6) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        unsafe header = .allocate(capacity: 1)
        unsafe header.initialize(to: gz_header())
        unsafe header.pointee.os = 255
        // 15 + 16: the largest window, in a gzip member.
        let status = unsafe deflateInit2_(
            stream,
            level,
            Z_DEFLATED,
            15 + 16,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        precondition(status == Z_OK, "zlib cannot start")
        unsafe deflateSetHeader(stream, header)
    }

    deinit {
        unsafe deflateEnd(stream)
        unsafe stream.deallocate()
        unsafe header.deallocate()
    }

    /// Compresses the next bytes.
    ///
    /// - Parameters:
    ///   - bytes: The next bytes of the content.
    ///   - sink: Takes compressed bytes, valid during the call only.
    /// - Throws: What the sink threw.
    package func write(
        _ bytes: UnsafeRawBufferPointer,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        var rest = unsafe bytes
        while unsafe !rest.isEmpty {
            // zlib counts in 32 bits.
            let piece = unsafe UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
            unsafe try run(piece, Z_NO_FLUSH, into: sink)
        }
    }

    /// Ends the member.
    ///
    /// - Parameter sink: Takes compressed bytes, valid during the call only.
    /// - Throws: What the sink threw.
    package func finish(into sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        unsafe try run(UnsafeRawBufferPointer(start: nil, count: 0), Z_FINISH, into: sink)
    }

    private func run(
        _ bytes: UnsafeRawBufferPointer,
        _ flush: Int32,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let source = unsafe bytes.bindMemory(to: UInt8.self).baseAddress
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source)
        unsafe stream.pointee.avail_in = UInt32(bytes.count)
        var status = Z_OK
        repeat {
            unsafe stream.pointee.next_out = output.bytes.bindMemory(to: UInt8.self).baseAddress
            unsafe stream.pointee.avail_out = UInt32(OutputBuffer.byteCount)
            status = unsafe deflate(stream, flush)
            let count = unsafe OutputBuffer.byteCount - Int(stream.pointee.avail_out)
            if count > 0 { unsafe try sink(output.prefix(count)) }
        } while unsafe stream.pointee.avail_out == 0 && status == Z_OK
    }
}
