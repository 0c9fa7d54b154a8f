import LayerModel
import LayerSystem

/// Files of a layer that no name is left of although the tar has their bytes: an entry that a later one of the same tar replaces.
///
/// They stand in `shadowed/` beside the tree, named by the number that the index calls them by. Nearly no layer has any.
final class ShadowDirectory {
    /// The directory's name beside the tree.
    static let name = "shadowed"

    /// The path of a file in a layer's directory.
    static func path(of number: Int) -> LayerPath { LayerPath(canonical: Array("\(name)/\(number)".utf8)) }

    private let layer: Directory
    private var directory: Directory?

    /// Prepares for a layer's own directory; makes nothing.
    init(layer: Directory) {
        self.layer = layer
    }

    /// Keeps a file that is about to lose its last name.
    ///
    /// - Parameters:
    ///   - name: The name that it still has.
    ///   - parent: The directory of that name.
    ///   - inode: The number to keep it under.
    /// - Throws: `SystemError`.
    func take(_ name: UnsafePointer<CChar>, of parent: DirectoryDescriptor, as inode: InodeID) throws {
        let target = try directory ?? make()
        directory = target
        try String(inode.index).withCString { number in
            try target.descriptor.makeHardLink(number, to: parent, name)
        }
    }

    private func make() throws -> Directory {
        try layer.makeDirectory(Array(Self.name.utf8), mode: 0o700)
        return try layer.open(Array(Self.name.utf8))
    }
}
