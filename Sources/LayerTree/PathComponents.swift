/// The components of a path in canonical form, without memory of their own.
struct PathComponents: Sequence, IteratorProtocol {
    private let path: UnsafeBufferPointer<UInt8>
    private var start = 0

    /// Walks a path from the top down.
    ///
    /// - Parameter path: The path; valid as long as the walk and the components.
    init(_ path: UnsafeBufferPointer<UInt8>) {
        self.path = path
    }

    /// The path that a path lies in, empty for a name at the top.
    ///
    /// - Parameter path: The path.
    /// - Returns: All but its last component.
    static func directory(of path: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: path[..<(path.lastIndex(of: UInt8(ascii: "/")) ?? 0)])
    }

    mutating func next() -> UnsafeBufferPointer<UInt8>? {
        guard start < path.count else { return nil }
        var end = start
        while end < path.count, path[end] != UInt8(ascii: "/") { end += 1 }
        defer { start = end + 1 }
        return UnsafeBufferPointer(rebasing: path[start..<end])
    }
}
