import LayerArchive
import LayerModel
import LayerSystem

/// The index of a layer while it is written: the raw section grows as the tar is read, the others follow at the end.
final class IndexFile {
    /// Level 3: a header of 512 bytes comes down to about 20, and a higher level saves 4 more for three times the time.
    private static let level: Int32 = 3
    /// 256 KiB, or 500 headers.
    ///
    /// What is alike stands near, and the 2 MiB of the level would lie in memory for each layer that is unpacked.
    private static let windowLog: Int32 = 18

    private let file: File
    /// The raw section's encoder; nil once that is done: it holds some megabytes.
    private var encoder: ZstdStreamEncoder?
    private var output: [UInt8] = []
    private var checksum = ContentHasher()
    private var offset: Int64 = 0
    private var rawByteCount: Int64 = 0
    private var rows: [Row] = []

    private struct Row {
        let section: IndexSection
        let isCompressed: Bool
        let offset: Int64
        let storedByteCount: Int64
        let byteCount: Int64
        let checksum: ContentDigest
    }

    /// Creates the file.
    ///
    /// - Parameters:
    ///   - name: Its name, one component.
    ///   - directory: The layer's directory.
    /// - Throws: `SystemError`, or `ArchiveError` when there is no memory for the encoder.
    convenience init(creating name: [UInt8], in directory: Directory) throws {
        try self.init(directory.createFile(name, mode: 0o600))
    }

    /// Takes an empty file.
    ///
    /// - Parameter file: The file, open for writing.
    /// - Throws: `ArchiveError` when there is no memory for the encoder.
    init(_ file: File) throws {
        self.file = file
        encoder = ZstdStreamEncoder(level: Self.level, windowLog: Self.windowLog)
        checksum.reset()
    }

    /// Appends to the raw section.
    func appendRaw(_ bytes: UnsafeRawBufferPointer) throws {
        rawByteCount += Int64(bytes.count)
        try encoder?.write(bytes) { try put($0) }
    }

    /// Appends a section.
    ///
    /// - Parameters:
    ///   - section: Which one.
    ///   - isCompressed: Whether it is compressed as a whole; what does not compress stands as it is.
    ///   - body: Writes it.
    /// - Throws: `SystemError`, `ArchiveError`, or what the body threw.
    func append(
        _ section: IndexSection,
        isCompressed: Bool = true,
        _ body: (IndexSectionWriter) throws -> Void
    ) throws {
        try finishRaw()
        let start = offset
        checksum.reset()
        let writer = IndexSectionWriter(level: isCompressed ? Self.level : nil) { [self] in try put($0) }
        try body(writer)
        try writer.finish()
        addRow(section, from: start, byteCount: writer.byteCount, isCompressed: isCompressed)
    }

    private func finishRaw() throws {
        guard let encoder else { return }
        try encoder.finish { try put($0) }
        self.encoder = nil
        addRow(.raw, from: 0, byteCount: rawByteCount, isCompressed: true)
    }

    private func addRow(_ section: IndexSection, from start: Int64, byteCount: Int64, isCompressed: Bool) {
        rows.append(
            Row(
                section: section,
                isCompressed: isCompressed,
                offset: start,
                storedByteCount: offset - start,
                byteCount: byteCount,
                checksum: checksum.finish()
            )
        )
    }

    /// Writes the table and the trailer.
    func finish() throws {
        let tableOffset = offset
        var table = ByteWriter()
        for row in rows {
            table.write(fixed: row.section.rawValue)
            table.write(fixed: row.isCompressed ? UInt32(1) : 0)
            table.write(fixed: UInt64(row.offset))
            table.write(fixed: UInt64(row.storedByteCount))
            table.write(fixed: UInt64(row.byteCount))
            table.bytes.append(contentsOf: row.checksum.bytes)
        }
        checksum.reset()
        try table.bytes.withUnsafeBytes { try put($0) }
        var trailer = ByteWriter()
        trailer.bytes.append(contentsOf: IndexFormat.magic)
        trailer.write(fixed: IndexFormat.version)
        trailer.write(fixed: UInt32(rows.count))
        trailer.write(fixed: UInt64(tableOffset))
        trailer.bytes.append(contentsOf: checksum.finish().bytes)
        try trailer.bytes.withUnsafeBytes { try put($0) }
        try flush()
    }

    private func put(_ bytes: UnsafeRawBufferPointer) throws {
        checksum.update(bytes)
        offset += Int64(bytes.count)
        output.append(contentsOf: bytes)
        if output.count >= 256 << 10 { try flush() }
    }

    private func flush() throws {
        try output.withUnsafeBytes { try file.write($0) }
        output.removeAll(keepingCapacity: true)
    }
}
