/// The numbers in tar headers.
enum TarNumber {
    /// Reads a numeric field of a header: octal digits, or base 256 when the first bit is set.
    ///
    /// An empty field is 0. Spaces may stand before the digits; a space, a NUL or the end of the field follows them.
    ///
    /// Source: POSIX `pax` "ustar Interchange Format"; GNU tar manual "Extensions to numeric fields".
    ///
    /// - Returns: The number, negative ones too, or nil when the field holds something else or more than 63 bits.
    static func parse(_ field: UnsafeRawBufferPointer) -> Int64? {
        guard let first = unsafe field.first else { return 0 }
        return unsafe first & 0x80 == 0 ? parseOctal(field) : parseBase256(field)
    }

    /// Reads the field of a checksum, which has digits, blanks and NULs only.
    ///
    /// - Parameter field: Eight bytes.
    /// - Returns: The number, or nil when the field holds something else.
    static func parseChecksum(_ field: UnsafeRawBufferPointer) -> Int64? {
        // As nearly all writers have it: six digits, a NUL and a blank.
        let digits = unsafe UInt64(bigEndian: field.loadUnaligned(as: UInt64.self)) ^ 0x3030_3030_3030_0020
        if digits & 0xf8f8_f8f8_f8f8_ffff == 0 { return Int64(octal(digits >> 16)) }
        let isOctal = unsafe field.allSatisfy { $0 == 0x20 || $0 == 0 || (0x30...0x37).contains($0) }
        return isOctal ? unsafe parseOctal(field) : nil
    }

    private static func parseOctal(_ field: UnsafeRawBufferPointer) -> Int64? {
        var value: Int64 = 0
        var hasDigits = false
        var start = 0
        // Writers fill a field with zeros from the left: eight digits at once, or seven and what ends them.
        while start + 8 <= field.count {
            let eight = unsafe UInt64(bigEndian: field.loadUnaligned(fromByteOffset: start, as: UInt64.self))
            let digits = eight ^ 0x3030_3030_3030_3030
            if digits & 0xf8f8_f8f8_f8f8_f8f8 == 0, value >> 39 == 0 {
                value = value << 24 | Int64(octal(digits))
                hasDigits = true
                start += 8
            } else if digits & 0xf8f8_f8f8_f8f8_f800 == 0, eight & 0xdf == 0, value >> 39 == 0 {
                return value << 21 | Int64(octal(digits >> 8))
            } else {
                break
            }
        }
        // What is left of a field of twelve bytes: three digits and what ends them.
        if hasDigits, start + 4 == field.count, value >> 51 == 0 {
            let four = unsafe UInt32(bigEndian: field.loadUnaligned(fromByteOffset: start, as: UInt32.self))
            let digits = four ^ 0x3030_3000
            if digits & 0xf8f8_f8df == 0 { return value << 9 | Int64(octal(UInt64(digits >> 8))) }
        }
        for index in start..<field.count {
            let byte = unsafe field[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "7"):
                guard value >> 60 == 0 else { return nil }
                value = value << 3 | Int64(byte & 7)
                hasDigits = true
            case UInt8(ascii: " ") where !hasDigits: continue
            case UInt8(ascii: " "), 0: return value
            default: return nil
            }
        }
        return value
    }

    /// The number of eight digits, the first in the highest byte.
    private static func octal(_ digits: UInt64) -> UInt64 {
        let twos = (digits & 0x00ff_00ff_00ff_00ff) | (digits >> 8 & 0x00ff_00ff_00ff_00ff) << 3
        let fours = (twos & 0x0000_ffff_0000_ffff) | (twos >> 16 & 0x0000_ffff_0000_ffff) << 6
        return (fours & 0xffff_ffff) | (fours >> 32) << 12
    }

    /// Two's complement, the highest byte first, without the mark in the first bit.
    private static func parseBase256(_ field: UnsafeRawBufferPointer) -> Int64? {
        guard let first = unsafe field.first else { return 0 }
        let isNegative = first & 0x40 != 0
        var value: Int64 = isNegative ? -1 : 0
        for index in field.indices {
            let byte = unsafe field[index]
            let digit = index > 0 ? byte : isNegative ? byte | 0x80 : byte & 0x7f
            guard value >> 55 == (isNegative ? -1 : 0) else { return nil }
            value = value << 8 | Int64(digit)
        }
        return value
    }

    /// Reads an unsigned decimal number, as PAX records hold it.
    ///
    /// - Returns: The number, or nil when it has no digits, other characters, or more than 63 bits.
    static func parseDecimal(_ text: UnsafeRawBufferPointer) -> Int64? {
        var value: Int64 = 0
        for index in text.indices {
            let byte = unsafe text[index]
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, carried) = product.addingReportingOverflow(Int64(byte & 15))
            guard !overflowed, !carried else { return nil }
            value = sum
        }
        return unsafe text.isEmpty ? nil : value
    }
}
