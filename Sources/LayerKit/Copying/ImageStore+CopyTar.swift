import LayerArchive
import LayerModel
import LayerSystem
import LayerTree

extension ImageStore {
    /// Writes what a path leads to as a tar to the standard output.
    func writeTar(of from: String, _ options: CopyOptions) throws -> CopyReport {
        let argument = try TreeArgument(from, in: store)
        let opened = try OpenedTree(argument.subject, name: argument.name, in: store, .shared)
        let source = try opened.source(argument.path, followsLast: options.followsLinks)
        try StandardStream.output.flush()
        let writer = try TarWriter { bytes in try StandardStream.output.descriptor.writeAll(bytes) }
        var tar = TreeTar(writer, keepsExtendedAttributes: options.isArchive)
        if source.isDirectory {
            let name = source.wantsContents ? Array(".".utf8) : source.name
            try tar.add(directory: source.open(), source.entry, as: name)
        } else {
            let name = Array(source.place.path.name)
            try tar.add(source.entry, name, of: source.place.directory, as: source.name)
        }
        try writer.finish()
        return CopyReport(byteCount: source.entry.byteCount, destination: nil, warnings: tar.warnings)
    }

    /// Extracts a tar from the standard input.
    func extractTar(_ to: String, _ options: CopyOptions) throws -> CopyReport {
        let target = try TreeArgument(to, in: store)
        let opened = try OpenedTree(target.subject, name: target.name, in: store, .exclusive)
        let destination = try opened.destination(target.path)
        guard destination.state == .directory else {
            let shown = EscapedText.quoted(target.name.utf8 + [UInt8(ascii: ":")] + target.path)
            throw LayerError(.failure, "destination \(shown) must be a directory")
        }
        let limits = ArchiveLimits(limits)
        let input = Decompressor(StreamSource(try StandardStream.input()), limits: limits)
        var extraction = TarExtraction(
            into: try destination.place.opened(),
            options.ruleInside,
            mayLackDevices: Self.mayLackDevices
        )
        do {
            try extraction.extract(TarReader(input, limits: limits))
        } catch {
            throw LayerError.wrapping(error, about: "standard input")
        }
        try opened.tree.synchronize()
        return CopyReport(
            byteCount: extraction.byteCount,
            destination: target.shown,
            warnings: extraction.warnings
        )
    }
}
