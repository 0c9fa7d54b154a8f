internal import Glibc
internal import LayerModel

/// Bytes that name a file: one component below a directory, or a whole path where a call says so.
///
/// What a call is given is made an array first, which most names are already: all that follows is then compiled for arrays alone. A call
/// that is compiled for any name, as one from another module is, takes twice as long.
package protocol PathBytes {
    /// The bytes, without a NUL at their end.
    var pathBytes: [UInt8] { get }
}

extension String: PathBytes {
    /// The text's UTF-8.
    package var pathBytes: [UInt8] { Array(utf8) }
}

extension Array: PathBytes where Element == UInt8 {
    /// The array itself.
    package var pathBytes: [UInt8] { self }
}

extension ArraySlice: PathBytes where Element == UInt8 {
    /// The slice's bytes.
    package var pathBytes: [UInt8] { Array(self) }
}

extension UnsafeBufferPointer: PathBytes where Element == UInt8 {
    /// A copy of the buffer.
    package var pathBytes: [UInt8] { unsafe Array(self) }
}

extension LayerPath: PathBytes {
    /// The canonical bytes; none for the root.
    package var pathBytes: [UInt8] { bytes }
}

extension PathBytes {
    /// Lends the bytes with a NUL at their end, or fails with EINVAL when one is among them, with ENOENT when there are none.
    @inline(__always)
    func withCPath<Result: SignedInteger>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        unsafe pathBytes.lendPath(body)
    }

    /// Lends one component with a NUL at its end, or fails with EINVAL: a slash, `.` or `..` would leave the directory.
    @inline(__always)
    func withCName<Result: SignedInteger>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        let bytes = pathBytes
        return bytes.isName ? unsafe bytes.lendPath(body) : SystemCall.failing(EINVAL)
    }

    /// Whether the bytes name something in a directory.
    var isComponent: Bool { pathBytes.isName }

    /// The bytes as a message shows them.
    var escaped: String { EscapedText.name(pathBytes) }
}

extension [UInt8] {
    fileprivate var isName: Bool {
        let dot = UInt8(ascii: ".")
        return !isEmpty && !contains(UInt8(ascii: "/"))
            && !(self[0] == dot && (count == 1 || (count == 2 && self[1] == dot)))
    }

    fileprivate func lendPath<Result: SignedInteger>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        guard !isEmpty else { return SystemCall.failing(ENOENT) }
        guard !contains(0) else { return SystemCall.failing(EINVAL) }
        return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count + 1) { copy in
            _ = unsafe copy.initialize(from: self)
            unsafe copy[count] = 0
            guard let base = UnsafeRawPointer(copy.baseAddress) else { return SystemCall.failing(ENOMEM) }
            return unsafe body(base.assumingMemoryBound(to: CChar.self))
        }
    }
}
