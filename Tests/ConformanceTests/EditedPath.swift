import LayerModel

/// A path of an edit in two parts.
struct EditedPath {
    /// The directory; empty for the root.
    let parent: String
    /// The last component.
    let name: String

    init(_ path: String) {
        guard let slash = path.lastIndex(of: "/") else {
            (parent, name) = ("", path)
            return
        }
        parent = String(path[..<slash])
        name = String(path[path.index(after: slash)...])
    }

    /// The same as a path of a layer.
    static func layerPath(_ path: String) -> LayerPath {
        path.split(separator: "/").reduce(.root) { $0.appending(Array($1.utf8)) }
    }

    /// A path of a layer as an edit writes it.
    static func text(_ path: LayerPath) -> String { String(decoding: path.bytes, as: UTF8.self) }
}
