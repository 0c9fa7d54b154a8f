/// Writes numbers in the form of the layer index: seven bits a byte, the lowest first, the high bit on all but the last.
struct ByteWriter {
    /// What was written.
    var bytes: [UInt8] = []

    /// Writes a number that is not negative.
    mutating func write(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Writes a count or a place.
    mutating func write(_ value: Int) { write(UInt64(value)) }

    /// Writes a number of either sign, small ones short.
    mutating func write(signed value: Int64) {
        write(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    /// Writes bytes after their count.
    mutating func write(counted content: some Collection<UInt8>) {
        write(content.count)
        bytes.append(contentsOf: content)
    }

    /// Writes a number of fixed width, the lowest byte first.
    mutating func write<T: FixedWidthInteger>(fixed value: T) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

/// Reads what `ByteWriter` writes; every read is bounded by the bytes there are.
struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// Reads from bytes that outlive the reader.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// How many bytes were read.
    var consumedByteCount: Int { position }

    /// Whether all was read.
    var isAtEnd: Bool { position == bytes.count }

    /// Reads a number that is not negative.
    @inline(__always)
    mutating func readNumber() throws(TreeError) -> UInt64 {
        guard position < bytes.count, bytes[position] < 0x80 else { return try readLongNumber() }
        defer { position += 1 }
        return UInt64(bytes[position])
    }

    private mutating func readLongNumber() throws(TreeError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            guard shift < 63 || byte <= 1 else { break }
            value |= UInt64(byte & 0x7f) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
        throw .damagedIndex("a number is cut off or too long")
    }

    /// Reads a number of a given width.
    mutating func read<T: FixedWidthInteger>(_ type: T.Type = T.self) throws(TreeError) -> T {
        guard let value = T(exactly: try readNumber()) else { throw .damagedIndex("a number is out of range") }
        return value
    }

    /// Reads a number of either sign.
    mutating func readSigned() throws(TreeError) -> Int64 {
        let value = try readNumber()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// Reads bytes after their count.
    mutating func readCounted() throws(TreeError) -> UnsafeRawBufferPointer {
        try read(byteCount: try read(Int.self))
    }

    /// Reads a given count of bytes.
    mutating func read(byteCount: Int) throws(TreeError) -> UnsafeRawBufferPointer {
        guard byteCount >= 0, byteCount <= bytes.count - position else { throw .damagedIndex("it ends too early") }
        defer { position += byteCount }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<(position + byteCount)])
    }

    /// Reads a number of fixed width.
    mutating func readFixed<T: FixedWidthInteger>(_ type: T.Type = T.self) throws(TreeError) -> T {
        T(littleEndian: try read(byteCount: MemoryLayout<T>.size).loadUnaligned(as: T.self))
    }
}
