import LayerKit
import LayerModel
import LayerSystem

/// Files of the host that a command writes for its caller.
enum OutputFile {
    /// Writes a whole file, in place of one that may be there: it is never seen half-written.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - path: The file.
    /// - Throws: `SystemError`.
    static func write(_ bytes: [UInt8], to path: String) throws {
        try write(to: path, mode: 0o666 & ~Host.fileModeMask()) { try $0.write(bytes) }
    }

    /// Writes a whole file piece by piece, in place of one that may be there: it is never seen half-written.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - mode: Its permission bits.
    ///   - body: Writes the content.
    /// - Throws: `LayerError` when something else than a regular file is there; `SystemError`; what the body throws.
    static func write(to path: String, mode: UInt16 = 0o600, _ body: (File) throws -> Void) throws {
        let (directory, name) = try place(of: path)
        // A device, or the link /dev/stdout, would be replaced like a file, for everybody on the host.
        guard try directory.statusIfPresent(name).map({ $0.kind == .regular }) ?? true else {
            throw LayerError(.usage, "invalid output path: \"\(path)\" is there and not a regular file")
        }
        let temporary = try TemporaryName.make(prefix: ".layerctl-")
        let file = try directory.createFile(temporary, mode: mode)
        do {
            try body(file)
            try directory.rename(temporary, to: directory, as: name, replacing: true)
        } catch {
            try? directory.unlink(temporary)  // reason: the first error is the one to report
            throw error
        }
    }

    /// The directory that a path names a file in, and the file's name.
    static func place(of path: String) throws -> (directory: Directory, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (try Directory(path: "."), path) }
        let parent = path[..<slash]
        return (try Directory(path: parent.isEmpty ? "/" : String(parent)), String(path[slash...].dropFirst()))
    }
}
