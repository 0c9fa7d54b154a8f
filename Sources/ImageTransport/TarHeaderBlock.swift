/// The last block of the headers of a tar member, as far as it tells whether the body stands in the archive as it is.
struct TarHeaderBlock {
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The bytes of the body in the archive, or nil when the block does not tell.
    ///
    /// Source: POSIX `pax`, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format", for base 256.
    var storedByteCount: Int64? {
        guard bytes.count == 512, bytes[156] != UInt8(ascii: "S") else { return nil }
        let field = bytes[124..<136]
        if field.first == 0x80 {
            var value: UInt64 = 0
            for byte in field.dropFirst(4) { value = value << 8 | UInt64(byte) }
            return Int64(exactly: value)
        }
        let digits = field.drop { $0 == UInt8(ascii: " ") }.prefix { $0 != UInt8(ascii: " ") && $0 != 0 }
        return Int64(String(decoding: digits, as: UTF8.self), radix: 8)
    }
}
