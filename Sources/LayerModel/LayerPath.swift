/// A place in a layer or an image: components of raw bytes below the root.
///
/// Names are bytes, not text: two paths are equal when their bytes are. The form is canonical: no leading, trailing or doubled
/// slash, no `.` and no `..`. The root is the empty path.
public struct LayerPath: Hashable, Sendable {
    /// The longest path that is accepted, in bytes.
    ///
    /// Source: `PATH_MAX` less the NUL, `man 3 realpath`.
    public static let byteLimit = 4095
    /// The longest component that is accepted, in bytes.
    ///
    /// Source: `NAME_MAX`, `man 7 path_resolution`.
    public static let componentByteLimit = 255
    /// The root of a layer.
    public static let root = Self(canonical: [])

    /// The canonical bytes: components with one slash between them.
    public let bytes: [UInt8]

    /// Wraps bytes that are canonical already.
    package init(canonical bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Brings a name from an archive or a user into canonical form.
    ///
    /// `./x`, `/x`, `x/` and `a//b` are the usual spellings of one path (contract L-42).
    ///
    /// - Parameter name: The name as it was written.
    /// - Throws: `LayerPathError` for a `..` component, a NUL byte, a component or a path that is too long, or an empty name.
    public init(normalizing name: some Collection<UInt8>) throws(LayerPathError) {
        let result: Result<[UInt8], LayerPathError>? = name.withContiguousStorageIfAvailable { Self.canonicalize($0) }
        bytes = try (result ?? Array(name).withUnsafeBufferPointer { Self.canonicalize($0) }).get()
    }

    /// One pass without a copy of a component: this runs for every entry of a layer that is looked up by its path.
    private static func canonicalize(_ name: UnsafeBufferPointer<UInt8>) -> Result<[UInt8], LayerPathError> {
        guard !name.isEmpty else { return .failure(.empty) }
        let (slash, dot) = (UInt8(ascii: "/"), UInt8(ascii: "."))
        var canonical: [UInt8] = []
        canonical.reserveCapacity(name.count)
        var start = 0
        while start < name.count {
            var end = start
            while end < name.count, name[end] != slash {
                guard name[end] != 0 else { return .failure(.nulByte(Array(name))) }
                end += 1
            }
            let component = UnsafeBufferPointer(rebasing: name[start..<end])
            start = end + 1
            if component.isEmpty || component.count == 1 && component[0] == dot { continue }
            if component.count == 2, component[0] == dot, component[1] == dot {
                return .failure(.parentComponent(Array(name)))
            }
            guard component.count <= componentByteLimit else { return .failure(.componentTooLong(Array(name))) }
            if !canonical.isEmpty { canonical.append(slash) }
            canonical.append(contentsOf: component)
        }
        guard canonical.count <= byteLimit else { return .failure(.tooLong(Array(name))) }
        return .success(canonical)
    }

    /// Whether this is the root.
    public var isRoot: Bool { bytes.isEmpty }

    /// The components from the top down; none for the root.
    public var components: [ArraySlice<UInt8>] { bytes.split(separator: UInt8(ascii: "/")) }

    /// The last component; empty for the root.
    public var name: ArraySlice<UInt8> {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return bytes[...] }
        return bytes[(slash + 1)...]
    }

    /// The directory that this path lies in, or nil for the root.
    public var parent: LayerPath? {
        guard !isRoot else { return nil }
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return .root }
        return LayerPath(canonical: Array(bytes[..<slash]))
    }

    /// The path of a child.
    ///
    /// - Parameter name: One component, neither `.` nor `..`, without a slash or a NUL.
    /// - Returns: The path of that name below this one.
    public func appending(_ name: some Collection<UInt8>) -> LayerPath {
        var child = bytes
        child.reserveCapacity(bytes.count + name.count + 1)
        if !child.isEmpty { child.append(UInt8(ascii: "/")) }
        child.append(contentsOf: name)
        return LayerPath(canonical: child)
    }

    /// Whether this path lies somewhere below another, or is it.
    ///
    /// - Parameter ancestor: The other path.
    /// - Returns: True when the ancestor's components begin this path.
    public func isWithin(_ ancestor: LayerPath) -> Bool {
        if ancestor.isRoot { return true }
        let length = ancestor.bytes.count
        // What is cheap to see is looked at first: most paths that are asked about are elsewhere.
        guard bytes.count == length || bytes.count > length && bytes[length] == UInt8(ascii: "/") else { return false }
        return bytes.starts(with: ancestor.bytes)
    }
}

extension LayerPath: Comparable {
    /// Orders by components, each by its bytes: a directory stands right before all that lies in it.
    public static func < (left: LayerPath, right: LayerPath) -> Bool {
        // A slash sorts below every byte that a name can hold, so that "a/b" stands before "a-b".
        let slash = UInt8(ascii: "/")
        return left.bytes.withUnsafeBufferPointer { left in
            right.bytes.withUnsafeBufferPointer { right in
                for index in 0..<min(left.count, right.count) where left[index] != right[index] {
                    return left[index] == slash || right[index] != slash && left[index] < right[index]
                }
                return left.count < right.count
            }
        }
    }
}

extension LayerPath: CustomStringConvertible {
    /// For people only: an absolute path in which bytes that are no UTF-8 are replaced.
    ///
    /// Not for look-ups, and to be escaped before it is printed.
    public var description: String { "/" + String(decoding: bytes, as: UTF8.self) }
}
