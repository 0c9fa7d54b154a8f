internal import LayerModel

/// Times in PAX records.
///
/// libarchive 3.6.2 takes -0.5 for +0.5 and -1.25 for -0.75 (contract L-26; shown by `LibarchiveTests`).
enum PaxTime {
    /// Reads a decimal number of seconds with an optional fraction; what is no number counts as 0, what is too large as the limit.
    ///
    /// Before the epoch the fraction counts towards the past: -1.5 is half a second before -1. Digits after the ninth are cut.
    static func parse(_ text: UnsafeRawBufferPointer) -> Timestamp {
        let isNegative = unsafe text.first == UInt8(ascii: "-")
        let unsigned = unsafe text.dropFirst(isNegative ? 1 : 0)
        let whole = unsafe unsigned.prefix { $0 != UInt8(ascii: ".") }
        let fraction = unsafe unsigned.dropFirst(whole.count + 1)
        guard unsafe !whole.isEmpty || !fraction.isEmpty, unsafe isDigits(whole), unsafe isDigits(fraction) else {
            return Timestamp(seconds: 0)
        }
        let seconds = unsafe whole.isEmpty ? 0 : TarNumber.parseDecimal(UnsafeRawBufferPointer(rebasing: whole))
        guard let seconds else { return Timestamp(seconds: isNegative ? .min : .max) }
        var nanoseconds: UInt32 = 0
        for index in 0..<9 {
            let digit = unsafe index < fraction.count ? fraction[fraction.startIndex + index] & 15 : 0
            nanoseconds = nanoseconds * 10 + UInt32(digit)
        }
        guard isNegative else { return Timestamp(seconds: seconds, nanoseconds: nanoseconds) }
        if nanoseconds == 0 { return Timestamp(seconds: -seconds) }
        return Timestamp(seconds: -seconds - 1, nanoseconds: 1_000_000_000 - nanoseconds)
    }

    private static func isDigits(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
        unsafe text.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
