import LayerModel
import LayerTree

/// SRC of a copy, found.
struct CopySource {
    /// The directories down to the one that it stands in.
    let place: TreePlace
    /// What it is.
    let entry: TreeEntry
    /// What it is called: as the user wrote it, also where a link was followed.
    let name: [UInt8]
    /// Whether only what lies in it is wanted.
    let wantsContents: Bool

    /// Whether it is a directory.
    var isDirectory: Bool { entry.kind == .directory }

    /// Takes what a path was found to lead to.
    ///
    /// - Parameters:
    ///   - path: As the user wrote it.
    ///   - place: What is there.
    ///   - notFound: The error where nothing is.
    /// - Throws: `LayerError`.
    init(_ path: [UInt8], _ place: TreePlace, notFound: @autoclosure () -> LayerError) throws {
        guard let entry = place.entry else { throw notFound() }
        let isDirectory = entry.kind == .directory
        let ending = CopyPath(path)
        guard isDirectory || !ending.assertsDirectory else { throw TreeAccessError(.notDirectory, path) }
        self.place = place
        self.entry = entry
        wantsContents = isDirectory && (ending.isContents || place.path.isRoot && place.name == nil)
        name = ending.name ?? Array(place.path.name)
    }

    /// Opens it, where it is a directory.
    func open() throws -> any TreeDirectory {
        let directories = try place.opened()
        return directories[directories.count - 1]
    }
}

/// What the end of a path says.
struct CopyPath {
    /// The last component; nil where that is a root or points at a directory by dots.
    let name: [UInt8]?
    /// Whether the path ends in `/.` or is `.`.
    let isContents: Bool
    /// Whether a directory must be there: the path ends in a slash or in dots.
    let assertsDirectory: Bool

    /// Looks at a path.
    init(_ path: [UInt8]) {
        let slash = UInt8(ascii: "/")
        let last = path.split(separator: slash).last.map { Array($0) }
        let isDots = last == Array(".".utf8) || last == Array("..".utf8)
        name = isDots ? nil : last
        isContents = last == Array(".".utf8)
        assertsDirectory = isDots || path.last == slash
    }
}
