import LayerModel
import LayerSystem

/// The directory that a benchmark works in: made for it, and gone with it.
final class BenchmarkRoom {
    private static let prefix = ".layerctl-bench-"

    /// Where stores and files of the benchmark lie.
    let directory: Directory
    /// Its path.
    let path: String
    /// The type of the file system there.
    let fileSystem: String
    private let parent: Directory
    private let name: String
    private let mounted: TemporaryFileSystem?

    /// Makes one.
    ///
    /// - Parameters:
    ///   - place: Where.
    ///   - storeRoot: The user's store.
    ///   - byteCount: How large a file system in a file is to be, in bytes; what is not used takes no room.
    /// - Throws: `LayerError` where that cannot be done.
    init(_ place: BenchmarkPlace, storeRoot: String, byteCount: Int64) throws {
        let parentPath = try Self.parent(for: place, storeRoot)
        let found = try Directory(path: parentPath)
        let name = try TemporaryName.make(prefix: Self.prefix)
        do throws(SystemError) {
            try found.makeDirectory(name)
        } catch {
            let reason = "\(EscapedText.name(parentPath.utf8)): \(error.reason): name another place with --dir"
            throw LayerError(.failure, reason, cause: error)
        }
        do {
            mounted = try Self.mount(place, in: found.open(name), byteCount)
            let scratch = String(decoding: try found.hostPath(), as: UTF8.self) + "/\(name)"
            path = mounted == nil ? scratch : scratch + "/" + Self.mountPoint
            directory = try Directory(path: path)
            fileSystem = try directory.fileSystemFacts().typeName
        } catch {
            try? found.removeTree(name)  // reason: the first error is the one to report
            throw error
        }
        parent = found
        self.name = name
    }

    /// Removes everything.
    ///
    /// - Throws: `LayerError` that names what is left.
    func end() throws(LayerError) {
        do throws(SystemError) {
            try mounted?.end()
            try parent.removeTree(name)
        } catch {
            let left = EscapedText.name("\(parent.label)/\(name)".utf8)
            throw LayerError(.failure, "what the benchmark made is left in \(left): \(error)", cause: error)
        }
    }

    private static let mountPoint = "mounted"

    private static func mount(
        _ place: BenchmarkPlace,
        in scratch: Directory,
        _ byteCount: Int64
    ) throws -> TemporaryFileSystem? {
        let kind: TemporaryFileSystem.Kind
        switch place {
        case .store, .directory: return nil
        case .memory: kind = .memory
        case .loop(let type): kind = .file(type: type, byteCount: byteCount)
        }
        guard Host.mayMount, UserNamespace.isInitial else {
            let help = "only root can mount a file system for it: name a directory with --dir, as in --dir /dev/shm"
            throw LayerError(.usage, help)
        }
        try scratch.makeDirectory(mountPoint)
        do throws(TemporaryFileSystemError) {
            return try TemporaryFileSystem(kind, on: mountPoint, in: scratch)
        } catch {
            throw LayerError(.failure, "no file system \(place.name): \(error)", cause: error)
        }
    }

    private static func parent(for place: BenchmarkPlace, _ storeRoot: String) throws -> String {
        switch place {
        case .directory(let path): return path
        case .memory, .loop: return Host.temporaryPath
        case .store: break
        }
        var path = storeRoot.hasPrefix("/") ? storeRoot : try Host.currentDirectory() + "/" + storeRoot
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        let device = try HostFile.kind(path) == nil ? nil : Directory(path: path).status().identity.device
        repeat { path = above(path) } while try HostFile.kind(path) != .directory
        if let device, try Directory(path: path).status().identity.device != device {
            let reason = "\(EscapedText.name(storeRoot.utf8)) is a file system of its own"
            throw LayerError(.usage, "\(reason): name a directory on it with --dir")
        }
        return path
    }

    private static func above(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}
