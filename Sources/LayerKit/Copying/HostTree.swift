import LayerModel
import LayerSystem
import LayerTree

/// Paths of the host, as the ends of a copy.
///
/// The kernel follows them down to the last directory, as it does for every program of the user; all below is reached by names from
/// there.
struct HostTree {
    /// Source: `MAXSYMLINKS`, `man 7 path_resolution`.
    private static let linkLimit = 40

    private let owners = OwnerRule(host: Host.effectiveUserID == 0)

    /// Finds what a path leads to.
    ///
    /// - Parameters:
    ///   - path: A path of the host.
    ///   - followsLast: Whether a link in the last component is followed; one with a slash behind it always is.
    /// - Returns: What is there; nothing may stand at the last component.
    /// - Throws: `SystemError`.
    func resolve(_ path: [UInt8], followsLast: Bool) throws -> TreePlace {
        var path = path
        let follows = followsLast || CopyPath(path).assertsDirectory
        for _ in 0...Self.linkLimit {
            let (parent, name) = Self.split(path)
            guard let name else { return try whole(path) }
            let directory = OpenDirectory(try .searchable(path: parent), owners: owners)
            let entry = try directory.entry(name)
            guard let entry, entry.kind == .symbolicLink, follows, !entry.target.isEmpty else {
                return TreePlace(directories: [directory], name: name, entry: entry)
            }
            let slash = UInt8(ascii: "/")
            path = entry.target.first == slash ? entry.target : parent + [slash] + entry.target
        }
        throw TreeAccessError(.tooManyLinks, path)
    }

    /// A path that names no component at its end: a root, or dots.
    private func whole(_ path: [UInt8]) throws -> TreePlace {
        let directory: Directory
        var hasAttributes = true
        do throws(SystemError) {
            directory = try Directory(path: path)
        } catch {
            guard error.isNotPermitted else { throw error }
            directory = try Directory.searchable(path: path)
            hasAttributes = false
        }
        // For `..` the directory's own name is wanted.
        let name = try directory.hostPath().split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
        let open = OpenDirectory(directory, path: LayerPath.root.appending(name), owners: owners)
        let entry = try hasAttributes ? open.ownEntry() : open.ownStatus()
        return TreePlace(directories: [open], name: nil, entry: entry)
    }

    /// The directory part and the last component, without slashes at the end; no component for a root and for dots.
    private static func split(_ path: [UInt8]) -> (parent: [UInt8], name: [UInt8]?) {
        let slash = UInt8(ascii: "/")
        var path = path
        while path.count > 1, path.last == slash || path.hasSuffix("/.") { path.removeLast() }
        guard let name = CopyPath(path).name else { return (path, nil) }
        let parent = Array(path.dropLast(name.count))
        return (parent.isEmpty ? Array(".".utf8) : parent, name)
    }
}

extension [UInt8] {
    /// Whether the bytes end in those of a text.
    fileprivate func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
