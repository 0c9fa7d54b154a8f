/// Why a name is no path in a layer.
public enum LayerPathError: Error, Equatable, Sendable {
    /// The name has no bytes at all.
    case empty
    /// A component is `..`.
    case parentComponent([UInt8])
    /// The name holds a NUL byte.
    case nulByte([UInt8])
    /// A component is longer than 255 bytes.
    case componentTooLong([UInt8])
    /// The whole path is longer than 4,095 bytes.
    case tooLong([UInt8])
}

extension LayerPathError: CustomStringConvertible {
    /// The reason, without the name: whoever reports it names the entry.
    public var description: String {
        switch self {
        case .empty: "empty name"
        case .parentComponent: "path escapes the layer root ('..' component)"
        case .nulByte: "name with a NUL byte"
        case .componentTooLong: "file name too long (over \(LayerPath.componentByteLimit) bytes)"
        case .tooLong: "path too long (over \(LayerPath.byteLimit) bytes)"
        }
    }
}
