internal import Glibc
internal import LayerModel

/// Bytes that name a file: one component below a directory, or a whole path where a call says so.
package protocol PathBytes {
    /// Lends the bytes, without a NUL at their end.
    func withPathBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result
}

extension String: PathBytes {
    /// Lends the text's UTF-8.
    package func withPathBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var copy = self
        return copy.withUTF8 { unsafe body($0) }
    }
}

extension Array: PathBytes where Element == UInt8 {
    /// Lends the array's bytes.
    package func withPathBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        unsafe withUnsafeBufferPointer { unsafe body($0) }
    }
}

extension ArraySlice: PathBytes where Element == UInt8 {
    /// Lends the slice's bytes.
    package func withPathBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        unsafe withUnsafeBufferPointer { unsafe body($0) }
    }
}

extension UnsafeBufferPointer: PathBytes where Element == UInt8 {
    /// Lends the buffer itself.
    package func withPathBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        unsafe body(self)
    }
}

extension LayerPath: PathBytes {
    /// Lends the canonical bytes; none for the root.
    package func withPathBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        unsafe bytes.withPathBytes { unsafe body($0) }
    }
}

extension PathBytes {
    /// Lends the bytes with a NUL at their end, or fails with EINVAL when one is among them, with ENOENT when there are none.
    func withCPath<Result: SignedInteger>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        unsafe withPathBytes { bytes in
            guard bytes.count > 0 else { return SystemCall.failing(ENOENT) }
            guard unsafe !bytes.contains(0) else { return SystemCall.failing(EINVAL) }
            return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count + 1) { copy in
                _ = unsafe copy.initialize(from: bytes)
                unsafe copy[bytes.count] = 0
                guard let base = UnsafeRawPointer(copy.baseAddress) else { return SystemCall.failing(ENOMEM) }
                return unsafe body(base.assumingMemoryBound(to: CChar.self))
            }
        }
    }

    /// Lends one component with a NUL at its end, or fails with EINVAL: a slash, `.` or `..` would leave the directory.
    func withCName<Result: SignedInteger>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        isComponent ? unsafe withCPath { unsafe body($0) } : SystemCall.failing(EINVAL)
    }

    /// Whether the bytes name something in a directory.
    var isComponent: Bool {
        unsafe withPathBytes { bytes in
            let dot = UInt8(ascii: ".")
            return unsafe !bytes.isEmpty && !bytes.contains(UInt8(ascii: "/"))
                && !(bytes[0] == dot && (bytes.count == 1 || (bytes.count == 2 && bytes[1] == dot)))
        }
    }

    /// The bytes as a message shows them.
    var escaped: String { unsafe withPathBytes { unsafe EscapedText.name($0) } }
}
