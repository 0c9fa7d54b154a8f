import ImageSpec
import LayerArchive
import LayerModel
import LayerSystem

/// Images that are made to be measured with: the same bytes for the same size.
enum BenchmarkImage {
    /// What a small file holds, in bytes.
    static let smallByteCount: Int64 = 1024
    private static let filesPerDirectory = 50
    private static let pieceByteCount = 1 << 20

    /// An image whose files lie in all of its layers, in directories that all of them have.
    ///
    /// - Parameter size: How large it is.
    /// - Returns: The image; its layers are temporary files.
    /// - Throws: What writing them met.
    static func made(_ size: BenchmarkImageSize) throws -> ImageDraft {
        var draft = try ImageDraft.empty()
        for layer in 0..<max(1, size.layerCount) {
            let spool = try TarSpool()
            let writer = try TarWriter { try spool.write($0) }
            if layer == 0 { try addBase(size, writer) }
            try addFiles(of: layer, size, writer)
            try writer.finish()
            try draft.append(DraftLayer(spool.finish("layer \(layer + 1)")), step(layer))
        }
        return draft
    }

    /// Images of one stack, each with so many of its layers; a directory has names of all of them, a file is in each of them.
    ///
    /// - Parameter depths: How many layers they have.
    /// - Returns: The images, in the order of the depths.
    /// - Throws: What writing the layers met.
    static func deep(_ depths: [Int]) throws -> [ImageDraft] {
        var draft = try ImageDraft.empty()
        var drafts: [Int: ImageDraft] = [:]
        for layer in 0..<(depths.max() ?? 0) {
            var made = LayerDraft()
            try made.add([
                entry("deep", .directory), entry("deep/\(layer)", .regular, content: Array("\(layer)".utf8)),
                entry("deep/shared", .regular, content: Array("\(layer)".utf8)),
                entry("own-\(layer)", .directory),
                entry("own-\(layer)/file", .regular, content: Array("\(layer)".utf8)),
            ])
            try draft.append(made.made(), step(layer))
            if depths.contains(layer + 1) { drafts[layer + 1] = draft }
        }
        return depths.compactMap { drafts[$0] }
    }

    private static func entry(_ path: String, _ kind: EntryKind, content: [UInt8] = []) throws -> LayerEntry {
        let attributes = FileAttributes(mode: kind == .directory ? 0o755 : 0o644)
        return LayerEntry(try LayerPath(normalizing: path.utf8), kind, attributes: attributes, content: content)
    }

    private static func step(_ layer: Int) -> CommitStep {
        CommitStep(created: Timestamp(seconds: 0), createdBy: "bench layer \(layer + 1)")
    }

    private static func addBase(_ size: BenchmarkImageSize, _ writer: TarWriter) throws {
        try addDirectory("data", writer)
        try addFile("data/large", size.largeFileByteCount, seed: 1, writer)
        try addDirectory("small", writer)
        for file in 0..<size.smallFileCount {
            try addFile("small/\(padded(file))", smallByteCount, seed: 2 + UInt64(file), writer)
        }
    }

    /// Of neighbouring files each belongs to another layer, so that a directory has files of all.
    private static func addFiles(of layer: Int, _ size: BenchmarkImageSize, _ writer: TarWriter) throws {
        guard layer < size.fileCount else { return }
        try addDirectory("tree", writer)
        var current = -1
        for file in stride(from: layer, to: size.fileCount, by: max(1, size.layerCount)) {
            let directory = "tree/\(padded(file / filesPerDirectory))"
            if file / filesPerDirectory != current {
                current = file / filesPerDirectory
                try addDirectory(directory, writer)
            }
            try addFile("\(directory)/\(padded(file))", size.fileByteCount, seed: 1_000_000 + UInt64(file), writer)
        }
    }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    private static func addDirectory(_ path: String, _ writer: TarWriter) throws {
        let attributes = FileAttributes(mode: 0o755)
        try writer.add(TarHeader(name: Array("\(path)/".utf8), kind: .directory, attributes: attributes))
    }

    private static func addFile(_ path: String, _ byteCount: Int64, seed: UInt64, _ writer: TarWriter) throws {
        let attributes = FileAttributes(mode: 0o644)
        let name = Array(path.utf8)
        try writer.add(TarHeader(name: name, kind: .regular, attributes: attributes, byteCount: byteCount))
        var content = SeededContent(seed: seed)
        var left = byteCount
        while left > 0 {
            let piece = content.next(byteCount: Int(min(left, Int64(pieceByteCount))))
            try piece.withUnsafeBytes { try writer.write($0) }
            left -= Int64(piece.count)
        }
    }
}
