import ArgumentParser
import LayerKit
import LayerSystem

/// In which form images are written: options of the verbs that write them.
struct ArchiveOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("docker-archive, docker-legacy (before v25), oci-archive or oci-dir.", valueName: "format"),
        transform: Self.format
    )
    var format = SaveFormat.dockerArchive
    @Option(
        help: ArgumentHelp(
            "Layers: none, gzip[:LEVEL] (4) or zstd[:LEVEL] (3); as they lie where nothing is given.",
            valueName: "kind"
        ),
        transform: Self.compression
    )
    var compress: BlobCompression?

    /// What is asked for.
    var options: SaveOptions {
        var options = SaveOptions()
        options.format = format
        options.compression = compress
        return options
    }

    /// Writes images.
    ///
    /// - Parameters:
    ///   - drafts: The images.
    ///   - path: A file, or the directory; `-` for the standard output.
    /// - Throws: `LayerError`.
    func write(_ drafts: [ImageDraft], to path: String) throws {
        if format == .ociDirectory { return try ImageDraft.write(drafts, options, intoDirectory: path) }
        guard path == "-" else {
            return try OutputFile.write(to: path) { file in
                try ImageDraft.write(drafts, options) { try file.write($0) }
            }
        }
        guard !Host.isTerminal(FileDescriptor(rawValue: 1)) else {
            throw LayerError(.usage, "cowardly refusing to write an archive to a terminal")
        }
        try StandardStream.output.flush()
        try ImageDraft.write(drafts, options) { try StandardStream.output.descriptor.writeAll($0) }
    }

    private static func format(_ text: String) throws -> SaveFormat {
        guard let format = SaveFormat(rawValue: text) else {
            let known = SaveFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("no such format: \(text) (there are \(known))")
        }
        return format
    }

    private static func compression(_ text: String) throws -> BlobCompression {
        guard let compression = BlobCompression(text) else {
            throw ValidationError("no such compression: \(text) (there are none, gzip[:1-9] and zstd[:1-19])")
        }
        return compression
    }
}
