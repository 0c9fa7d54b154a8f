internal import Glibc

/// Byte strings as C takes a list of them.
enum CStringList {
    /// Lends pointers to the strings, NUL at each one's end and nil behind the last; fails with EINVAL when a NUL is among the bytes.
    static func withPointers<Result: SignedInteger>(
        _ strings: [[UInt8]],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        guard !strings.contains(where: { $0.contains(0) }) else { return SystemCall.failing(EINVAL) }
        var bytes: [UInt8] = []
        var starts: [Int] = []
        for string in strings {
            starts.append(bytes.count)
            bytes += string
            bytes.append(0)
        }
        // Never empty, so that there is a base address.
        bytes.append(0)
        return unsafe bytes.withUnsafeMutableBytes { buffer in
            guard let base = unsafe buffer.bindMemory(to: CChar.self).baseAddress else {
                return SystemCall.failing(ENOMEM)
            }
            var pointers = unsafe starts.map { start -> UnsafeMutablePointer<CChar>? in unsafe base + start }
            unsafe pointers.append(nil)
            return unsafe pointers.withUnsafeBufferPointer { list in
                guard let first = list.baseAddress else { return SystemCall.failing(ENOMEM) }
                return unsafe body(first)
            }
        }
    }
}
