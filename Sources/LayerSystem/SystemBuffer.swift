internal import Glibc

/// Buffers that the kernel fills.
enum SystemBuffer {
    private static let usualByteCount = 256

    /// Lets a call fill a buffer, and gives what it filled.
    ///
    /// - Parameters:
    ///   - byteCount: The buffer's size.
    ///   - body: The call; gives how many bytes are filled.
    /// - Returns: The filled part.
    /// - Throws: What the call throws.
    static func fill(
        byteCount: Int,
        _ body: (UnsafeMutableBufferPointer<CChar>) throws(SystemError) -> Int
    ) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
                do throws(SystemError) {
                    count = try unsafe body(characters)
                } catch {
                    failure = error
                }
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Lets a call fill a buffer that it first tells the size of, until both agree.
    ///
    /// - Parameter body: The call; with an empty buffer it gives the size that is needed, with one that is too small it fails with
    ///   ERANGE.
    /// - Returns: The filled part.
    /// - Throws: What the call throws.
    static func fillGrowing(
        _ body: (UnsafeMutableBufferPointer<CChar>) throws(SystemError) -> Int
    ) throws(SystemError) -> [UInt8] {
        // Most of what is asked for is short: the size need not be asked for, and no memory for nothing.
        if let short = try unsafe fillShort(body) { return short }
        while true {
            let needed = try unsafe body(UnsafeMutableBufferPointer(start: nil, count: 0))
            if needed == 0 { return [] }
            do {
                return try unsafe fill(byteCount: needed) { buffer throws(SystemError) in try unsafe body(buffer) }
            } catch  where error.code == ERANGE {
                continue
            }
        }
    }

    /// What a call fills a small buffer with; nil when it needs a larger one.
    private static func fillShort(
        _ body: (UnsafeMutableBufferPointer<CChar>) throws(SystemError) -> Int
    ) throws(SystemError) -> [UInt8]? {
        let result = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: usualByteCount) { buffer in
            Result { () throws(SystemError) in
                let count = unsafe try body(buffer)
                return count == 0
                    ? [] : unsafe Array(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]))
            }
        }
        do throws(SystemError) {
            return try result.get()
        } catch {
            guard error.code == ERANGE else { throw error }
            return nil
        }
    }
}
