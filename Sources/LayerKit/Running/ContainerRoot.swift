import ImageSpec
import LayerModel
import LayerSystem

/// The tree that a process is going to have as its root, as the host looks into it.
///
/// What lies in it is the image's, and may be made to mislead: every path is followed with the tree as the root, and no file is read that
/// is not a regular one and small.
struct ContainerRoot {
    /// The most bytes of a passwd or group file.
    private static let byteLimit = 1 << 20

    private let directory: Directory

    /// Looks into a directory.
    init(_ directory: Directory) {
        self.directory = directory
    }

    /// The users and groups that the image knows; none where it has no such files.
    func accounts() throws -> AccountTable {
        try AccountTable(passwd: content("/etc/passwd"), group: content("/etc/group"))
    }

    /// Makes the directory that the process begins in, with those above it, as Docker does.
    ///
    /// Source: moby `container/container.go`, `SetupWorkingDirectory`.
    ///
    /// - Parameter path: The absolute path in the tree.
    /// - Throws: `SystemError`; what is there and is no directory is one.
    func makeDirectories(_ path: String) throws {
        var parent = directory
        var prefix = ""
        for name in path.split(separator: "/") {
            prefix += "/" + name
            do throws(SystemError) {
                parent = try directory.openInRoot(prefix)
            } catch {
                guard error.isNotFound, name != "." && name != ".." else { throw error }
                try parent.makeDirectory(String(name), mode: 0o755)
                try parent.setMode(String(name), 0o755)
                parent = try directory.openInRoot(prefix)
            }
        }
    }

    /// Those of some paths, and of what leads to them, that are not there; what lies less deep first.
    func missing(_ paths: [String]) throws -> [String] {
        var prefixes: Set<String> = []
        for path in paths {
            var prefix = ""
            for name in path.split(separator: "/") {
                prefix += "/" + name
                prefixes.insert(prefix)
            }
        }
        return try prefixes.sorted().filter { path in
            do throws(SystemError) {
                _ = try directory.statusInRoot(path, followsLastLink: false)
                return false
            } catch {
                // A link that leads nowhere, or a file on the way, is the runtime's to judge.
                guard error.isNotFound || error.isNotDirectory || error.isLinkRefused else { throw error }
                return error.isNotFound
            }
        }
    }

    /// Removes what was made to mount on, as far as it is empty still.
    ///
    /// - Parameter paths: What `missing(_:)` gave before.
    func remove(_ paths: [String]) {
        for path in paths.reversed() {
            let slash = path.lastIndex(of: "/") ?? path.startIndex
            let name = String(path[slash...].dropFirst())
            // reason: what is not empty, or has gone, is the process' own
            guard let parent = try? directory.openInRoot(String(path[..<slash])),
                let status = try? parent.status(name)
            else { continue }
            if status.kind == .directory {
                try? parent.removeDirectory(name)  // reason: as above
            } else if status.kind == .regular, status.byteCount == 0 {
                try? parent.unlink(name)  // reason: as above
            }
        }
    }

    /// What keeps a program from being started.
    enum Obstacle {
        case notFound
        case notExecutable
    }

    /// Looks for a program as a process would.
    ///
    /// - Parameters:
    ///   - name: A path, or a name that is looked for in the search path.
    ///   - searchPath: The value of `PATH`.
    ///   - workingDirectory: What relative paths begin at.
    /// - Returns: What is in its way; nil when it is there.
    func obstacle(to name: String, searchPath: String, workingDirectory: String) -> Obstacle? {
        let places =
            name.contains("/")
            ? [name.hasPrefix("/") ? name : workingDirectory + "/" + name]
            : searchPath.split(separator: ":").map { "\($0)/\(name)" }
        var found: Obstacle = .notFound
        for place in places {
            // reason: what cannot be looked at is not there for the process either
            guard let status = try? directory.statusInRoot(place, followsLastLink: true) else { continue }
            if status.kind == .regular, status.mode & 0o111 != 0 { return nil }
            found = .notExecutable
        }
        return found
    }

    private func content(_ path: String) throws -> [UInt8] {
        do throws(SystemError) {
            return try directory.openFileInRoot(path).readAll(byteLimit: Self.byteLimit)
        } catch {
            if error.isNotFound { return [] }
            throw LayerError(.failure, "\(path) of the container cannot be read: \(error)", cause: error)
        }
    }
}
