import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem
import LayerTree

/// Writes layers without some of their paths, the lowest first; hard links to what goes become files of their own.
struct LayerStripping {
    /// What a stripped file was, for those who link to it.
    private struct Held {
        let header: TarHeader
        let content: File?
    }

    private let stripped: StrippedPaths
    private var held: [LayerPath: Held] = [:]

    init(_ stripped: StrippedPaths) {
        self.stripped = stripped
    }

    /// Writes a layer.
    ///
    /// - Parameters:
    ///   - tar: The layer, read to its end.
    ///   - limits: What it may hold.
    /// - Returns: What is left of it.
    /// - Throws: What reading met; `LayerError` for a hard link to nothing.
    mutating func strip(_ tar: any ByteSource, _ limits: InputLimits) throws -> ArchiveLayer {
        let spool = try TarSpool(limits)
        let writer = try TarWriter { try spool.write($0) }
        let reader = TarReader(tar, limits: ArchiveLimits(limits))
        var names = LayerNames()
        // By the stripped name the first one in this layer that took its place.
        var heirs: [LayerPath: [UInt8]] = [:]
        while try reader.next() {
            let header = try TarCopying.header(of: reader)
            let path = names.resolve(try TarCopying.path(Array(reader.name)))
            names.note(path, target: reader.kind == .symbolicLink ? header.linkName : nil)
            let target = reader.kind == .hardLink ? names.resolve(LayerPath(canonical: header.linkName)) : nil
            if stripped.drops(path) {
                heirs[path] = nil
                try hold(path, header, target, reader)
            } else if let target, stripped.contains(target) {
                try write(header, insteadOf: target, heirs[target], writer)
                heirs[target] = heirs[target] ?? header.name
            } else {
                try writer.add(header)
                if header.kind == .regular { try TarCopying.readBody(reader) { try writer.write($0) } }
            }
        }
        try writer.finish()
        return try spool.finish("stripped layer")
    }

    /// Keeps what a stripped entry is, where somebody wants it.
    private mutating func hold(
        _ path: LayerPath,
        _ header: TarHeader,
        _ target: LayerPath?,
        _ reader: TarReader
    ) throws {
        guard stripped.needed.contains(path) else { return }
        if let target {
            held[path] = held[target]
            return
        }
        guard header.kind == .regular else {
            held[path] = Held(header: header, content: nil)
            return
        }
        let appender = FileAppender(try File.temporary(in: Directory(path: Host.temporaryPath)))
        try TarCopying.readBody(reader) { try appender.append($0) }
        try appender.flush()
        held[path] = Held(header: header, content: appender.file)
    }

    private func write(
        _ link: TarHeader,
        insteadOf target: LayerPath,
        _ heir: [UInt8]?,
        _ writer: TarWriter
    ) throws {
        if let heir {
            var link = link
            link.linkName = heir
            return try writer.add(link)
        }
        guard let held = held[target] else {
            let name = EscapedText.quoted(link.name)
            throw LayerError(
                .corrupt,
                "entry \(name): a hard link to \(EscapedText.quoted(target.bytes)), which is not there"
            )
        }
        var header = held.header
        header.name = link.name
        try writer.add(header)
        guard let content = held.content else { return }
        let source = FileRangeSource(file: content, offset: 0, byteCount: header.byteCount)
        try source.forEachChunk { try writer.write($0) }
    }
}
