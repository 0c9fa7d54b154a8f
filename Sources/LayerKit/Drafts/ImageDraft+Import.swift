import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem
import LayerTree

extension ImageDraft {
    /// Makes an image of one layer of an archive of a root file system.
    ///
    /// A tar is the layer as it is, byte for byte, once it is decompressed. A cpio, zip, 7z or another archive becomes a tar, the same one each
    /// time. Names that lead out and whatever else no layer may have are refused.
    ///
    /// - Parameters:
    ///   - path: The archive, plain or compressed with gzip, bzip2, xz, zstd or lz4; `-` for the standard input.
    ///   - options: What is asked for.
    /// - Returns: The image, without a name.
    /// - Throws: `LayerError`: `notFound`; `corrupt` for what cannot be read or is refused; `usage` for changes that make no sense.
    public static func importing(
        _ path: String,
        _ options: ImportOptions = ImportOptions()
    ) throws(LayerError) -> ImageDraft {
        try LayerError.catching {
            let label = path == "-" ? "standard input" : path
            let layer: ArchiveLayer
            do {
                layer = try RootArchive(path, label: label).layer()
            } catch let error as TreeError {
                throw LayerError.wrapping(error, about: EscapedText.line(label))
            } catch let error as ArchiveError {
                throw LayerError.wrapping(error, about: EscapedText.line(label))
            }
            let config = try CommittedConfig(
                base: nil,
                platform: options.platform ?? .host,
                config: try options.changes?.applied(to: JSONObject()) ?? JSONObject(),
                layers: .added(layer.diffID),
                // Source: moby `api/server/router/image/image_routes.go`: what a client sends is "-", whatever the file's name.
                step: CommitStep(created: options.time ?? Host.now(), comment: options.message ?? "Imported from -")
            )
            return ImageDraft(config: config.config, layers: [DraftLayer(layer)])
        }
    }
}

/// The archive of a root file system on its way to a layer.
private struct RootArchive {
    private enum Form { case tar, foreign, unclear }

    private let label: String
    private let source: any ByteSource

    init(_ path: String, label: String) throws {
        self.label = label
        let file = path == "-" ? try StandardStream.input() : try File.openForReading(path: path)
        source = StreamSource(file)
    }

    func layer() throws -> ArchiveLayer {
        let spool = try TarSpool()
        try Decompressor(source).forEachChunk { try spool.write($0) }
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
        _ = try LayerScanner.scan(layer.openForScanning())
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
        let spool = try TarSpool()
        var tar = ForeignTar(try TarWriter { try spool.write($0) }) {
            try ForeignArchive(byteCount: file.byteCount()) { try file.read(into: $0, at: $1) }
        }
        try tar.run()
        let layer = try spool.finish(label)
        _ = try LayerScanner.scan(layer.openForScanning())
        return layer
    }
}
