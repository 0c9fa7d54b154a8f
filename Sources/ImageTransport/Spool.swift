import LayerArchive
import LayerModel
import LayerSystem

/// A temporary file without a name that takes the bodies of members which cannot be read in place.
final class Spool {
    private let directory: Directory?
    private var file: File?
    private var end: Int64 = 0

    /// Makes a spool; its file is made when the first body comes.
    ///
    /// - Parameter directory: Where the file's blocks are taken from; nil for `TMPDIR`, or else `/var/tmp`, which unlike `/tmp` is
    ///   never memory.
    init(in directory: Directory?) {
        self.directory = directory
    }

    /// Makes room for a body behind all others.
    ///
    /// - Parameter byteCount: The body's length.
    /// - Returns: The file, and where the body begins.
    /// - Throws: `SystemError`; `ArchiveError` for a body beyond any limit.
    func reserve(_ byteCount: Int64) throws -> (file: File, offset: Int64) {
        guard byteCount <= ArchiveLimits.standard.layerByteCount else {
            throw ArchiveError.limit("member larger than \(ArchiveLimits.standard.layerByteCount) bytes")
        }
        let file = try self.file ?? File.temporary(in: directory ?? Self.defaultDirectory())
        self.file = file
        let offset = end
        end += byteCount
        // Holes of a body, and of the last one in particular, are never written.
        try file.setByteCount(end)
        return (file, offset)
    }

    private static func defaultDirectory() throws -> Directory {
        let configured = Host.environment("TMPDIR") ?? ""
        return try Directory(path: configured.isEmpty ? "/var/tmp" : configured)
    }
}
