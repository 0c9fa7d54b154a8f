/// The names by which a layer says what it removes.
///
/// Source: OCI image-spec `layer.md`, sections "Whiteouts" and "Opaque Whiteout".
public enum Whiteout {
    /// What a marker's name begins with: `.wh.`.
    public static let prefix = Array(".wh.".utf8)
    /// The name of the marker that hides all lower children of its directory: `.wh..wh..opq`.
    public static let opaqueName = Array(".wh..wh..opq".utf8)
    /// What names of AUFS's own things begin with: `.wh..wh.`.
    public static let aufsPrefix = Array(".wh..wh.".utf8)

    /// Whether a name is a marker of any kind.
    ///
    /// - Parameter name: One component.
    /// - Returns: True for a name that begins with `.wh.`.
    @inlinable
    public static func isMarker(_ name: some Collection<UInt8>) -> Bool {
        name.starts(with: prefix)
    }

    /// Whether a name is the marker of an opaque directory.
    ///
    /// - Parameter name: One component.
    /// - Returns: True for `.wh..wh..opq`.
    @inlinable
    public static func isOpaqueMarker(_ name: some Collection<UInt8>) -> Bool {
        name.elementsEqual(opaqueName)
    }

    /// Whether a name is one of AUFS's own things.
    ///
    /// - Parameter name: One component.
    /// - Returns: True for a name that begins with `.wh..wh.` and is not the opaque marker.
    @inlinable
    public static func isAUFSName(_ name: some Collection<UInt8>) -> Bool {
        name.starts(with: aufsPrefix) && !isOpaqueMarker(name)
    }
}
