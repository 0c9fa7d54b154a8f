import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem
import LayerTree

/// An archive of files on its way to a layer: a tar as it is, another archive as a tar.
struct RootArchive {
    private enum Form { case tar, foreign, unclear }

    private let label: String
    private let source: any ByteSource
    private let limits: InputLimits

    /// Opens an archive.
    ///
    /// - Parameters:
    ///   - path: Its path, or `-` for the standard input.
    ///   - limits: What is refused.
    /// - Throws: `SystemError`.
    init(_ path: String, _ limits: InputLimits) throws {
        self.limits = limits
        label = path == "-" ? "standard input" : path
        let file = path == "-" ? try StandardStream.input() : try File.openForReading(path: path)
        source = StreamSource(file)
    }

    /// Reads the archive to its end.
    ///
    /// - Returns: The layer.
    /// - Throws: `LayerError` that names the archive: `corrupt` for what cannot be read, and for what no layer may have.
    func layer() throws -> ArchiveLayer {
        do {
            return try read()
        } catch let error as TreeError {
            throw LayerError.wrapping(error, about: EscapedText.line(label))
        } catch let error as ArchiveError {
            throw LayerError.wrapping(error, about: EscapedText.line(label))
        }
    }

    private func read() throws -> ArchiveLayer {
        let spool = try TarSpool(limits)
        try Decompressor(source, limits: ArchiveLimits(limits)).forEachChunk { try spool.write($0) }
        let layer = try spool.finish(label)
        switch try form(of: spool.file) {
        case .tar: break
        case .foreign: return try converted(spool.file)
        case .unclear:
            do {
                return try converted(spool.file)
            } catch ArchiveError.unsupported {
                // Nothing but zeros: an empty tar.
            }
        }
        // Who unpacks it refuses the same, but not before it has been given away.
        _ = try LayerScanner.scan(layer.openForScanning(), limits: ArchiveLimits(limits))
        return layer
    }

    /// What the first block tells: zeros begin a tar without entries, and an ISO 9660 image as well.
    private func form(of file: File) throws -> Form {
        let head = FileRangeSource(file: file, offset: 0, byteCount: min(try file.byteCount(), 1024))
        let prefix = try head.nextChunk()
        guard TarSniffing.isTar(prefix) else { return .foreign }
        return prefix.allSatisfy { $0 == 0 } ? .unclear : .tar
    }

    private func converted(_ file: File) throws -> ArchiveLayer {
        let spool = try TarSpool(limits)
        let byteCount = try file.byteCount()
        let limits = ArchiveLimits(limits)
        // These archives decompress by themselves.
        let writer = try TarWriter { bytes in
            try spool.write(bytes)
            try limits.expansion.check(spool.byteCount, from: byteCount)
        }
        var tar = ForeignTar(writer) {
            try ForeignArchive(byteCount: byteCount, limits: limits) { try file.read(into: $0, at: $1) }
        }
        try tar.run()
        let layer = try spool.finish(label)
        _ = try LayerScanner.scan(layer.openForScanning(), limits: limits)
        return layer
    }
}
