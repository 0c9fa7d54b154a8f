import LayerModel
import LayerTree

/// DEST of a copy, found.
struct CopyDestination {
    /// What the path leads to; nothing may stand there.
    let place: TreePlace
    /// Whether the path is written as a directory's.
    let assertsDirectory: Bool

    /// What stands there.
    var state: CopyPlan.Destination {
        guard let entry = place.entry else { return .nothing }
        return entry.kind == .directory ? .directory : .file
    }

    /// Takes what a path was found to lead to, links followed.
    ///
    /// - Parameters:
    ///   - path: As the user wrote it.
    ///   - place: What is there.
    ///   - refusal: The beginning of the error where a device or the like is there.
    /// - Throws: `LayerError`.
    init(_ path: [UInt8], _ place: TreePlace, refusal: @autoclosure () -> String) throws {
        switch place.entry?.kind {
        case nil, .regular, .directory, .symbolicLink: break
        default: throw LayerError(.failure, refusal() + " must be a directory or a regular file")
        }
        self.place = place
        assertsDirectory = CopyPath(path).assertsDirectory
        guard state != .file || !assertsDirectory else { throw TreeAccessError(.notDirectory, path) }
    }

    /// Copies a source here.
    ///
    /// - Parameters:
    ///   - source: The source.
    ///   - rule: Which attributes copies get.
    ///   - isSameTree: Whether both are in one tree.
    ///   - mayLackDevices: Whether device nodes are passed over where they are refused.
    /// - Returns: The finished copy.
    /// - Throws: `LayerError`, `CopyError`, `TreeAccessError`, `SystemError`.
    func take(
        _ source: CopySource,
        _ rule: CopyRule,
        isSameTree: Bool,
        mayLackDevices: Bool
    ) throws -> TreeCopy {
        let plan = try CopyPlan(
            isDirectory: source.isDirectory,
            wantsContents: source.wantsContents,
            to: state,
            assertsDirectory: assertsDirectory
        )
        let name = plan == .into ? source.name : place.name ?? source.name
        let directories = plan == .replacement ? place.directories : try place.opened()
        let directory = directories[directories.count - 1]
        let path = plan == .contents ? directory.path : directory.path.appending(name)
        if isSameTree, source.isDirectory, path.isWithin(source.place.path) {
            throw CopyError(.withinItself, at: Array("/".utf8) + source.place.path.bytes)
        }
        var copy = TreeCopy(into: directory, rule, mayLackDevices: mayLackDevices)
        if plan == .contents {
            try copy.copyContents(of: source.open())
        } else if source.isDirectory {
            try copy.copy(directory: source.open(), as: name)
        } else {
            try copy.copy(source.entry, Array(source.place.path.name), of: source.place.directory, as: name)
        }
        return copy
    }
}
