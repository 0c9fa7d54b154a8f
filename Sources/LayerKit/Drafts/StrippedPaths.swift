import LayerArchive
import LayerModel
import LayerTree

/// Which entries of layers are stripped, and what of them must survive under another name.
struct StrippedPaths {
    private let paths: [LayerPath]
    /// Stripped names that an entry which stays is a hard link to, in whichever layer.
    private(set) var needed: Set<LayerPath> = []

    init(_ paths: [LayerPath]) {
        self.paths = paths
    }

    /// Whether a path is one of those, or lies below one.
    func contains(_ path: LayerPath) -> Bool { paths.contains { path.isWithin($0) } }

    /// Whether an entry goes: one of those paths, or a marker that hides one of them.
    ///
    /// - Parameter path: Where its name leads.
    /// - Returns: True for an entry that is not written.
    func drops(_ path: LayerPath) -> Bool {
        guard Whiteout.isMarker(path.name), !Whiteout.isOpaqueMarker(path.name), let parent = path.parent else {
            return contains(path)
        }
        return contains(parent.appending(path.name.dropFirst(Whiteout.prefix.count)))
    }

    /// Looks through a layer.
    ///
    /// - Parameters:
    ///   - tar: The layer, read to its end.
    ///   - limits: What it may hold.
    /// - Returns: Whether anything of it changes.
    /// - Throws: `ArchiveError`.
    mutating func look(through tar: any ByteSource, _ limits: InputLimits) throws -> Bool {
        let reader = TarReader(scanning: tar, limits: ArchiveLimits(limits))
        var names = LayerNames()
        var isTouched = false
        while try reader.next() {
            let path = names.resolve(try TarCopying.path(Array(reader.name)))
            names.note(path, target: reader.kind == .symbolicLink ? Array(reader.linkName) : nil)
            isTouched = isTouched || drops(path)
            guard reader.kind == .hardLink else { continue }
            let target = names.resolve(try TarCopying.path(Array(reader.linkName)))
            guard contains(target) else { continue }
            isTouched = true
            needed.insert(target)
        }
        return isTouched
    }
}
