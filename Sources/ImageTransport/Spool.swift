import LayerArchive
import LayerModel
import LayerSystem

/// A temporary file without a name that takes the bodies of members which cannot be read in place.
final class Spool {
    private let directory: Directory?
    private let subject: TransportError.Subject
    private var file: File?
    private var end: Int64 = 0

    /// Makes a spool; its file is made when the first body comes.
    ///
    /// - Parameters:
    ///   - directory: Where the file's blocks are taken from; nil for `Host.temporaryPath`.
    ///   - label: What messages call the archive.
    init(in directory: Directory?, for label: String) {
        self.directory = directory
        subject = TransportError.Subject(file: label)
    }

    /// Makes room for a body behind all others.
    ///
    /// - Parameter byteCount: The body's length.
    /// - Returns: The file, and where the body begins.
    /// - Throws: `TransportError` that names the directory; `ArchiveError` for a body beyond any limit.
    func reserve(_ byteCount: Int64) throws -> (file: File, offset: Int64) {
        guard byteCount <= ArchiveLimits.standard.layerByteCount else {
            throw ArchiveError.limit("member larger than \(ArchiveLimits.standard.layerByteCount) bytes")
        }
        do throws(SystemError) {
            let file = try openedFile()
            let offset = end
            end += byteCount
            // Holes of a body, and of the last one in particular, are never written.
            try file.setByteCount(end)
            return (file, offset)
        } catch { throw failure(error) }
    }

    /// Writes a piece of a body.
    ///
    /// - Parameters:
    ///   - bytes: The piece.
    ///   - offset: Its place in the file.
    /// - Throws: `TransportError` that names the directory.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws {
        do throws(SystemError) { try file?.write(bytes, at: offset) } catch { throw failure(error) }
    }

    private func openedFile() throws(SystemError) -> File {
        if let file { return file }
        let place = if let directory { directory } else { try Directory(path: Host.temporaryPath) }
        let opened = try File.temporary(in: place)
        file = opened
        return opened
    }

    /// The error about the place for temporary files: of the archive itself nothing is wrong.
    private func failure(_ error: SystemError) -> TransportError {
        let place = directory?.label ?? Host.temporaryPath
        let hint = directory == nil ? " (TMPDIR says where)" : ""
        return TransportError(.system, subject, "no place for its content in \"\(place)\": \(error.reason)\(hint)")
    }
}
