import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem

/// Takes the tar of a layer that is being made into a temporary file without a name, and its DiffID on the way.
final class TarSpool {
    private let appender: FileAppender
    private let digest = DigestStream(.sha256)
    private let limits: InputLimits

    /// The file; whole once the tar is ended.
    var file: File { appender.file }

    /// Makes an empty file where large temporary files go.
    ///
    /// - Parameter limits: How long the tar may become.
    /// - Throws: `LayerError` when there is no place for it.
    init(_ limits: InputLimits = .standard) throws {
        self.limits = limits
        do throws(SystemError) {
            appender = FileAppender(try File.temporary(in: Directory(path: Host.temporaryPath)))
        } catch {
            let reason = "no place for a new layer in \"\(Host.temporaryPath)\": \(error.reason) (TMPDIR says where)"
            throw LayerError(.failure, reason, cause: error)
        }
    }

    /// How many bytes it has taken.
    var byteCount: Int64 { appender.offset }

    /// Takes the next bytes of the tar.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard appender.offset + Int64(bytes.count) <= limits[.layerBytes] else {
            throw ArchiveError.limit(.layerBytes, "a layer of more than \(limits[.layerBytes]) bytes")
        }
        digest.update(bytes)
        try appender.append(bytes)
    }

    /// Ends the tar.
    ///
    /// - Parameter label: What messages call the layer.
    /// - Returns: The layer.
    /// - Throws: `SystemError`.
    func finish(_ label: String) throws -> ArchiveLayer {
        try appender.flush()
        return ArchiveLayer(
            tar: appender.file,
            byteCount: appender.offset,
            diffID: DiffID(digest.finish()),
            label: label,
            limits: limits
        )
    }
}

extension ByteSource {
    /// Reads all into a new layer.
    ///
    /// - Parameter label: What messages call the layer.
    /// - Returns: The layer.
    /// - Throws: What reading met; `LayerError` when there is no place for it.
    func spooled(_ label: String) throws -> ArchiveLayer {
        let spool = try TarSpool()
        try forEachChunk { try spool.write($0) }
        return try spool.finish(label)
    }
}
