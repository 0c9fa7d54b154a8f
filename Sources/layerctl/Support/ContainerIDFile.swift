import LayerKit
import LayerModel
import LayerSystem

/// The file that a container's ID is written to, made before the container so that it cannot fail afterwards for being there.
///
/// Source: docker/cli `cli/command/container/create.go`, `newCIDFile`.
struct ContainerIDFile {
    private let directory: Directory
    private let name: String
    private let file: File

    /// Makes the empty file.
    init(_ path: String) throws {
        let slash = path.lastIndex(of: "/")
        name = String(slash.map { path[$0...].dropFirst() } ?? path[...])
        let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        do throws(SystemError) {
            directory = try Directory(path: parent)
            file = try directory.createFile(name, mode: 0o666)
        } catch {
            guard error.isAlreadyThere else { throw LayerError(.failure, "\(error)", cause: error) }
            let reason = "make sure the other container isn't running or delete \(path)"
            throw LayerError(.conflict, "container ID file found, \(reason)")
        }
    }

    /// Writes the ID.
    func write(_ id: ContainerID) throws(SystemError) {
        try file.write(Array(id.hex.utf8))
    }

    /// Removes the file, when there is no container.
    func discard() {
        try? directory.unlink(name)  // reason: the error that there is no container for is the one to report
    }
}
