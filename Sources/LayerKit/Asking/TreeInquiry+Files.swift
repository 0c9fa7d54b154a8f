import LayerModel
import LayerSystem
import LayerTree

/// One directory, and what lies in it.
public struct FileListing: Sendable {
    /// The directory's path as it is to be shown: what the user wrote, and what lies below it.
    public let path: [UInt8]
    /// The names in the order of their bytes.
    public let files: [ContainerFile]
}

extension TreeInquiry {
    /// Lists a directory of an image, a file or a container.
    ///
    /// - Parameters:
    ///   - argument: `NAME:PATH` or `FILE:/PATH`; without a path the root. The last link of the path is followed only with a slash behind it.
    ///   - isRecursive: Whether to list the directories below it as well.
    ///   - isWanted: Which names are listed and entered.
    /// - Returns: The directory, then those below it, each before what lies in it; for anything else one listing of the thing itself.
    /// - Throws: `LayerError`.
    public func listings(
        at argument: String,
        isRecursive: Bool = false,
        where isWanted: (ContainerFile) -> Bool = { _ in true }
    ) throws(LayerError) -> [FileListing] {
        try LayerError.catching {
            let (path, opened) = try open(argument)
            let source = try opened.source(path, followsLast: false)
            let shown = path.isEmpty ? Array("/".utf8) : path
            guard source.isDirectory else {
                return [FileListing(path: shown, files: [ContainerFile(path, source.entry)])]
            }
            var listings: [FileListing] = []
            var pending: [(path: [UInt8], directory: any TreeDirectory)] = [(shown, try source.open())]
            while let (path, directory) = pending.popLast() {
                let files = try OpenedTree.files(in: directory).filter(isWanted)
                listings.append(FileListing(path: path, files: files))
                guard isRecursive else { break }
                for file in files.reversed() where file.kind == .directory {
                    pending.append((Self.join(path, file.name), try directory.open(file.name)))
                }
            }
            return listings
        }
    }

    /// Reads a regular file of an image, a file or a container; of a layer in a file nothing but that file is kept.
    ///
    /// - Parameters:
    ///   - argument: `NAME:PATH` or `FILE:/PATH`; links are followed inside the tree.
    ///   - body: Takes the content piece by piece, each valid during the call only.
    /// - Throws: `LayerError`, also for anything that is no regular file.
    public func readFile(
        at argument: String,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws(LayerError) {
        try LayerError.catching {
            let (path, opened) = try open(argument)
            try opened.readFile(path, body)
        }
    }

    /// Goes through a tree, a directory before what lies in it or behind it.
    ///
    /// - Parameters:
    ///   - argument: Where to begin, as for `listings`.
    ///   - isPostOrder: Whether a directory comes behind what lies in it.
    ///   - body: Gets each name with its path as it is to be shown, and its depth, 0 for the beginning; a name of the same file comes
    ///     with the same `ContainerFile.link`.
    /// - Throws: `LayerError`, and what the body threw.
    public func walk(
        _ argument: String,
        isPostOrder: Bool = false,
        _ body: (_ file: ContainerFile, _ depth: Int) throws -> Void
    ) throws(LayerError) {
        try LayerError.catching {
            let (path, opened) = try open(argument)
            let source = try opened.source(path, followsLast: false)
            let shown = path.isEmpty ? Array("/".utf8) : path
            let file = ContainerFile(shown, source.entry)
            guard source.isDirectory else { return try body(file, 0) }
            if !isPostOrder { try body(file, 0) }
            try Self.walk(source.open(), shown, depth: 1, isPostOrder, body)
            if isPostOrder { try body(file, 0) }
        }
    }

    private static func walk(
        _ directory: any TreeDirectory,
        _ path: [UInt8],
        depth: Int,
        _ isPostOrder: Bool,
        _ body: (ContainerFile, Int) throws -> Void
    ) throws {
        for name in try directory.list() {
            guard let entry = try directory.entry(name) else { continue }
            let file = ContainerFile(join(path, name), entry)
            if !isPostOrder { try body(file, depth) }
            if entry.kind == .directory {
                try walk(directory.open(name), file.name, depth: depth + 1, isPostOrder, body)
            }
            if isPostOrder { try body(file, depth) }
        }
    }

    private func open(_ text: String) throws -> (path: [UInt8], OpenedTree) {
        let argument = try TreeArgument(asking: text, in: store, platform: platform, limits: limits)
        return (argument.path, try OpenedTree(argument.subject, name: argument.name, in: store, .shared))
    }

    private static func join(_ path: [UInt8], _ name: [UInt8]) -> [UInt8] {
        path.last == UInt8(ascii: "/") ? path + name : path + [UInt8(ascii: "/")] + name
    }
}
