/// Bytes and numbers that a seed gives again, and that do not compress.
///
/// Source: Marsaglia, "Xorshift RNGs", with the multiplication that Vigna adds: xorshift64*.
struct SeededContent {
    private var state: UInt64

    /// Begins.
    init(seed: UInt64) {
        // Neighbouring seeds are to give bytes that have nothing in common; zero would give zeros.
        state = (seed &+ 1) &* 0x9e37_79b9_7f4a_7c15 | 1
    }

    /// The next number.
    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_f491_4f6c_dd1d
    }

    /// The next bytes.
    mutating func next(byteCount: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            while count < byteCount {
                let number = next()
                withUnsafeBytes(of: number.littleEndian) { bytes in
                    for byte in bytes.prefix(byteCount - count) {
                        buffer[count] = byte
                        count += 1
                    }
                }
            }
        }
    }
}
