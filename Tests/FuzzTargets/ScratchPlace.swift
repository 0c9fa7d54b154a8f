import LayerModel
import LayerSystem

/// A directory in memory for one input, gone afterwards.
final class ScratchPlace {
    let directory: Directory
    let path: String
    private let parent: Directory
    private let name: String

    init() throws {
        let memory = "/dev/shm"
        do throws(SystemError) {
            parent = try Directory(path: memory)
            path = memory
        } catch {
            parent = try Directory(path: Host.temporaryPath)
            path = Host.temporaryPath
        }
        name = try TemporaryName.make(prefix: "layerctl-fuzz-")
        try parent.makeDirectory(Array(name.utf8), mode: 0o700)
        directory = try parent.open(Array(name.utf8))
    }

    /// The path of something in it.
    func path(of child: String) -> String { "\(path)/\(name)/\(child)" }

    deinit {
        do {
            try parent.removeTree(name)
        } catch {
            preconditionFailure("an input left what cannot be removed: \(error)")
        }
    }
}
