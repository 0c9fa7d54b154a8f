import LayerSystem

/// A directory of one benchmark, in memory where the host has such a place; gone when the benchmark is.
final class Scratch {
    /// The directory.
    let directory: Directory
    private let parent: Directory
    private let name: String
    private var count = 0

    init() throws {
        let name = try TemporaryName.make(prefix: "layerctl-hot-paths-")
        let parent = try Self.make(name)
        (self.name, self.parent) = (name, parent)
        directory = try parent.open(name)
    }

    private static func make(_ name: String) throws -> Directory {
        // reason: no such place, or not for this user: then it is a disk.
        if let memory = try? Directory(path: "/dev/shm"), (try? memory.makeDirectory(name)) != nil { return memory }
        let disk = try Directory(path: Host.temporaryPath)
        try disk.makeDirectory(name)
        return disk
    }

    /// Makes a directory in it.
    func makeDirectory() throws -> (directory: Directory, name: String) {
        count += 1
        try directory.makeDirectory("\(count)")
        return (try directory.open("\(count)"), "\(count)")
    }

    /// Removes all of it.
    func remove() throws {
        try parent.removeTree(name)
    }
}
