import LayerArchive
import LayerModel
import LayerSystem

/// A temporary file without a name that takes the bodies of members which cannot be read in place.
final class Spool {
    private let directory: Directory?
    private let subject: TransportError.Subject
    private let limits: InputLimits
    private var file: File?
    private var end: Int64 = 0

    /// Makes a spool; its file is made when the first body comes.
    ///
    /// - Parameters:
    ///   - directory: Where the file's blocks are taken from; nil for `Host.temporaryPath`.
    ///   - label: What messages call the archive.
    ///   - limits: How large a body may be, and how much room is to stay free.
    init(in directory: Directory?, for label: String, limits: InputLimits) {
        self.directory = directory
        subject = TransportError.Subject(file: label)
        self.limits = limits
    }

    /// Makes room for a body behind all others.
    ///
    /// - Parameter byteCount: The body's length.
    /// - Returns: The file, and where the body begins.
    /// - Throws: `TransportError` that names the directory; `ArchiveError` for a body beyond any limit.
    func reserve(_ byteCount: Int64) throws -> (file: File, offset: Int64) {
        guard byteCount <= limits[.layerBytes] else {
            throw ArchiveError.limit(.layerBytes, "member larger than \(limits[.layerBytes]) bytes")
        }
        try checkRoom(for: byteCount)
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

    private func checkRoom(for byteCount: Int64) throws {
        guard limits[.freeBytes] > 0 else { return }
        let room: Int64
        do throws(SystemError) { room = try place().fileSystemFacts().availableByteCount } catch {
            throw failure(error)
        }
        guard room - byteCount < limits[.freeBytes] else { return }
        let reason = "its content would leave less than \(limits[.freeBytes]) bytes free"
        throw TransportError(.system, subject, InputLimit.freeBytes.refusal(reason))
    }

    private func place() throws(SystemError) -> Directory {
        if let directory { return directory }
        return try Directory(path: Host.temporaryPath)
    }

    private func openedFile() throws(SystemError) -> File {
        if let file { return file }
        let opened = try File.temporary(in: place())
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
