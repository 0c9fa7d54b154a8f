import LayerModel
import LayerSystem

/// Directories of the host that appear whole or not at all.
enum NewDirectory {
    /// Makes a directory, in place of an empty one that may be there.
    ///
    /// - Parameters:
    ///   - path: Its path.
    ///   - body: Fills it, while it has another name.
    /// - Throws: `LayerError` of code `conflict` when something is there; `SystemError`; what the body throws.
    static func make(_ path: String, _ body: (Directory) throws -> Void) throws {
        let (parent, name) = try place(of: path)
        if try isTaken(name, in: parent) {
            throw LayerError(.conflict, "\(path): is there already, and not an empty directory")
        }
        let temporary = try TemporaryName.make(prefix: ".layerctl-")
        try parent.makeDirectory(temporary)
        do {
            try body(parent.open(temporary))
            try parent.rename(temporary, to: parent, as: name, replacing: true)
        } catch {
            try? parent.removeTree(temporary)  // reason: the first error is the one to report
            throw error
        }
    }

    private static func isTaken(_ name: String, in parent: Directory) throws -> Bool {
        guard let status = try parent.statusIfPresent(name) else { return false }
        return try status.kind != .directory || !parent.open(name).isEmpty()
    }

    private static func place(of path: String) throws -> (parent: Directory, name: String) {
        let components = path.split(separator: "/").map(String.init)
        guard let name = components.last, name != ".", name != ".." else {
            throw LayerError(.usage, "\(path): no name for a new directory")
        }
        let start = path.hasPrefix("/") ? "/" : "./"
        return (try Directory(path: start + components.dropLast().joined(separator: "/")), name)
    }
}
