internal import CZlib

/// Compresses a stream to one gzip member in blocks: each knows the bytes before it and nothing else, so that several threads can
/// compress several at once, and the member is the same however many there are.
///
/// ```
/// header   block … block   end   trailer      each block ends at a whole byte (Z_SYNC_FLUSH)
/// ```
///
/// Source: RFC 1951, RFC 1952; `zlib.h`, `deflateSetDictionary`.
@safe package final class GzipBlockEncoder {
    /// How many bytes before a block it may refer to.
    package static let dictionaryByteCount = 32 << 10
    /// What a member begins with: no name, no time, system unknown.
    package static let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]

    private let stream: UnsafeMutablePointer<z_stream>

    /// Prepares to compress blocks, one after the other.
    ///
    /// - Parameter level: The level of zlib, 0 to 9.
    package init(level: Int32) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // -15: the largest window, and neither header nor trailer.
        let status = unsafe deflateInit2_(
            stream,
            level,
            Z_DEFLATED,
            -15,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        precondition(status == Z_OK, "zlib cannot start")
    }

    deinit {
        unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Compresses a block.
    ///
    /// - Parameters:
    ///   - block: Its bytes, fewer than 1 GiB.
    ///   - dictionary: Up to `dictionaryByteCount` bytes that stand before it in the stream.
    /// - Returns: What stands for it in the member.
    package func compress(_ block: UnsafeRawBufferPointer, after dictionary: UnsafeRawBufferPointer) -> [UInt8] {
        unsafe deflateReset(stream)
        if unsafe !dictionary.isEmpty {
            unsafe deflateSetDictionary(stream, Self.start(dictionary), UInt32(dictionary.count))
        }
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: Self.start(block))
        unsafe stream.pointee.avail_in = UInt32(block.count)
        // The bound is for a stream that ends; a flush takes five bytes more.
        let capacity = unsafe Int(deflateBound(stream, UInt(block.count))) + 16
        return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            unsafe stream.pointee.next_out = output.baseAddress
            unsafe stream.pointee.avail_out = UInt32(output.count)
            let status = unsafe deflate(stream, Z_SYNC_FLUSH)
            precondition(unsafe status == Z_OK && stream.pointee.avail_in == 0, "zlib's bound does not hold")
            count = unsafe output.count - Int(stream.pointee.avail_out)
        }
    }

    private static func start(_ bytes: UnsafeRawBufferPointer) -> UnsafePointer<UInt8>? {
        unsafe bytes.bindMemory(to: UInt8.self).baseAddress
    }
}

/// What a gzip member ends with.
package struct GzipTrailer {
    private var checksum: UInt = 0
    private var byteCount: UInt64 = 0

    /// Starts before the first block.
    package init() {}

    /// The checksum of one block.
    package static func checksum(of block: UnsafeRawBufferPointer) -> UInt32 {
        let start = unsafe block.bindMemory(to: UInt8.self).baseAddress
        return unsafe UInt32(truncatingIfNeeded: crc32_z(0, start, block.count))
    }

    /// Adds the next block.
    ///
    /// - Parameters:
    ///   - checksum: Its checksum.
    ///   - byteCount: Its length before it was compressed.
    package mutating func append(checksum: UInt32, byteCount: Int) {
        self.checksum = crc32_combine(self.checksum, UInt(checksum), byteCount)
        self.byteCount += UInt64(byteCount)
    }

    /// The last block, which is empty, and the trailer.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = [0x03, 0x00]
        for number in [UInt32(truncatingIfNeeded: checksum), UInt32(truncatingIfNeeded: byteCount)] {
            for shift in stride(from: UInt32(0), to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
        return bytes
    }
}
