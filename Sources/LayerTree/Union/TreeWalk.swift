package import LayerModel

/// What a path of a tree leads to.
package struct TreePlace {
    /// The directories from the root down to the one that the name stands in, all open.
    package let directories: [any TreeDirectory]
    /// The name in the last of them; nil when the path leads to that directory itself.
    package let name: [UInt8]?
    /// What stands there; nil when nothing does.
    package let entry: TreeEntry?

    /// Makes a place.
    package init(directories: [any TreeDirectory], name: [UInt8]?, entry: TreeEntry?) {
        self.directories = directories
        self.name = name
        self.entry = entry
    }

    /// The directory that the name stands in.
    package var directory: any TreeDirectory { directories[directories.count - 1] }

    /// Whether a directory stands there.
    package var isDirectory: Bool { entry?.kind == .directory }

    /// The path in the tree without links in it, absolute.
    package var path: LayerPath { name.map { directory.path.appending($0) } ?? directory.path }

    /// The directories down to this one, which is a directory itself.
    ///
    /// - Returns: The directories, this one last.
    /// - Throws: `TreeAccessError` when it is none.
    package func opened() throws -> [any TreeDirectory] {
        guard let name else { return directories }
        guard let entry else { throw TreeAccessError(.notFound, Array("/".utf8) + path.bytes) }
        guard entry.kind == .directory else { throw TreeAccessError(.notDirectory, Array("/".utf8) + path.bytes) }
        return directories + [try directory.open(name)]
    }
}

/// Follows paths through a tree, component by component, with open directories: `..` goes back to the directory that was come from, at
/// the root it stays there, and each link is read and followed inside the tree.
///
/// So nothing leads out, whatever another process exchanges meanwhile: what was a directory a moment ago and is a link now is not
/// followed, but refused.
package enum TreeWalk {
    /// Source: `MAXSYMLINKS`, `man 7 path_resolution`.
    private static let linkLimit = 40

    /// Follows a path.
    ///
    /// - Parameters:
    ///   - path: Components of any form; an absolute path begins at the root.
    ///   - directories: The directories from the root down to the one that a relative path begins in.
    ///   - followsLast: Whether a link in the last component is followed; one with a slash behind it always is.
    /// - Returns: What is there; nothing may stand at the last component.
    /// - Throws: `TreeAccessError`, and what reading the tree met.
    package static func resolve(
        _ path: [UInt8],
        from directories: [any TreeDirectory],
        followsLast: Bool
    ) throws -> TreePlace {
        let slash = UInt8(ascii: "/")
        var stack = path.first == slash ? Array(directories.prefix(1)) : directories
        var pending = Array(path.split(separator: slash).map { Array($0) }.reversed())
        let follows = followsLast || path.last == slash
        var linkCount = 0
        while let component = pending.popLast() {
            if component == Array(".".utf8) { continue }
            if component == Array("..".utf8) {
                if stack.count > 1 { stack.removeLast() }
                continue
            }
            let directory = stack[stack.count - 1]
            let entry = try directory.entry(component)
            let isLast = pending.isEmpty
            if let entry, entry.kind == .symbolicLink, !isLast || follows {
                linkCount += 1
                guard linkCount <= linkLimit, !entry.target.isEmpty else {
                    throw TreeAccessError(linkCount > linkLimit ? .tooManyLinks : .notFound, path)
                }
                if entry.target.first == slash { stack = Array(stack.prefix(1)) }
                pending += entry.target.split(separator: slash).reversed().map { Array($0) }
                continue
            }
            if isLast { return TreePlace(directories: stack, name: component, entry: entry) }
            guard let entry else { throw TreeAccessError(.notFound, path) }
            guard entry.kind == .directory else { throw TreeAccessError(.notDirectory, path) }
            stack.append(try directory.open(component))
        }
        return TreePlace(directories: stack, name: nil, entry: try stack[stack.count - 1].ownEntry())
    }
}

extension ContainerTree {
    /// Follows a path from the root.
    ///
    /// - Parameters:
    ///   - path: Components of any form.
    ///   - followsLast: Whether a link in the last component is followed.
    /// - Returns: What is there; nothing may stand at the last component.
    /// - Throws: `TreeAccessError`, and what reading the tree met.
    package func resolve(_ path: [UInt8], followsLast: Bool) throws -> TreePlace {
        try TreeWalk.resolve(path, from: [root], followsLast: followsLast)
    }

    /// Reads the regular file that a path leads to.
    ///
    /// - Parameters:
    ///   - path: Components of any form; links are followed.
    ///   - body: Takes the content piece by piece, each valid during the call only.
    /// - Throws: `TreeAccessError` for what is none, what reading the tree met, and what the body threw.
    package func readFile(_ path: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let place = try resolve(path, followsLast: true)
        guard let entry = place.entry else { throw TreeAccessError(.notFound, path) }
        guard entry.kind != .directory, let name = place.name else { throw TreeAccessError(.isDirectory, path) }
        guard entry.kind == .regular else { throw TreeAccessError(.notRegular, path) }
        try place.directory.readFile(name, body)
    }
}
