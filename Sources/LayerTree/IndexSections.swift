import LayerArchive
import LayerModel
import LayerSystem

/// The sections of an index file, found and checked.
struct IndexSections: Sendable {
    /// No zstd frame holds more for each of its bytes: a block of 128 KiB takes four.
    private static let greatestExpansion: UInt64 = 1 << 16

    private struct Row {
        let section: IndexSection
        let isCompressed: Bool
        let range: Range<Int>
        let byteCount: Int
        let checksum: ContentDigest
    }

    private let file: MappedFile
    private var rows: [Row] = []

    /// Reads the table of a file.
    ///
    /// - Parameter file: The mapped index.
    /// - Throws: `TreeError.damagedIndex`.
    init(_ file: MappedFile) throws {
        self.file = file
        let bytes = file.bytes
        guard bytes.count >= IndexFormat.trailerByteCount else { throw TreeError.damagedIndex("it is too short") }
        let trailerStart = bytes.count - IndexFormat.trailerByteCount
        var trailer = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[trailerStart...]))
        guard try trailer.read(byteCount: 8).elementsEqual(IndexFormat.magic) else {
            throw TreeError.damagedIndex("it has no trailer")
        }
        let version: UInt32 = try trailer.readFixed()
        guard version == IndexFormat.version else { throw TreeError.damagedIndex("it is of version \(version)") }
        let count: UInt32 = try trailer.readFixed()
        let offset: UInt64 = try trailer.readFixed()
        guard offset <= UInt64(trailerStart), count <= 64,
            trailerStart - Int(offset) == Int(count) * IndexFormat.rowByteCount
        else { throw TreeError.damagedIndex("its table does not fit") }
        let table = UnsafeRawBufferPointer(rebasing: bytes[Int(offset)..<trailerStart])
        guard try ContentDigest(bytes: trailer.read(byteCount: 16)) == ContentHasher.digest(of: table) else {
            throw TreeError.damagedIndex("its table has another checksum")
        }
        try readRows(table, end: Int(offset))
    }

    private mutating func readRows(_ table: UnsafeRawBufferPointer, end: Int) throws {
        var reader = ByteReader(table)
        while !reader.isAtEnd {
            let section: UInt32 = try reader.readFixed()
            let encoding: UInt32 = try reader.readFixed()
            let offset: UInt64 = try reader.readFixed()
            let stored: UInt64 = try reader.readFixed()
            let byteCount: UInt64 = try reader.readFixed()
            guard let checksum = ContentDigest(bytes: try reader.read(byteCount: 16)),
                let section = IndexSection(rawValue: section), encoding <= 1, offset <= UInt64(end),
                stored <= UInt64(end) - offset, byteCount <= UInt64(1 << 40),
                encoding == 0 || byteCount / Self.greatestExpansion <= stored
            else { throw TreeError.damagedIndex("a section does not fit") }
            rows.append(
                Row(
                    section: section,
                    isCompressed: encoding == 1,
                    range: Int(offset)..<Int(offset + stored),
                    byteCount: Int(byteCount),
                    checksum: checksum
                )
            )
        }
    }

    /// The bytes of a section as they were before compression.
    ///
    /// - Parameter section: Any section but the raw one, which is read as a stream.
    /// - Returns: The bytes.
    /// - Throws: `TreeError.damagedIndex` when the section is missing or damaged.
    func bytes(of section: IndexSection) throws -> [UInt8] {
        let (row, stored) = try checked(section)
        guard row.isCompressed else { return Array(stored) }
        do {
            return try ZstdFrame.decompress(stored, expectedByteCount: row.byteCount)
        } catch {
            throw TreeError.damagedIndex("section \(section) cannot be decoded")
        }
    }

    /// Where in the file the bytes of a section stand that is never compressed.
    ///
    /// - Throws: `TreeError.damagedIndex` when the section is missing or damaged.
    func range(of section: IndexSection) throws -> Range<Int> {
        let (row, _) = try checked(section)
        guard !row.isCompressed else { throw TreeError.damagedIndex("section \(section) is compressed") }
        return row.range
    }

    /// The digest at a place of the file.
    func digest(at place: Int) -> ContentDigest? {
        ContentDigest(bytes: UnsafeRawBufferPointer(rebasing: file.bytes[place..<(place + ContentDigest.byteCount)]))
    }

    /// The raw section as a stream.
    func rawSource() throws -> any ByteSource {
        let (_, stored) = try checked(.raw)
        // What was let in comes back: no limit counts here, and zeros behind a tar's end shrink more than anything from outside may.
        return Decompressor(MappedSource(file, stored), limits: ArchiveLimits(.unlimited))
    }

    private func checked(_ section: IndexSection) throws -> (Row, UnsafeRawBufferPointer) {
        guard let row = rows.first(where: { $0.section == section }) else {
            throw TreeError.damagedIndex("section \(section) is missing")
        }
        let stored = UnsafeRawBufferPointer(rebasing: file.bytes[row.range])
        guard ContentHasher.digest(of: stored) == row.checksum else {
            throw TreeError.damagedIndex("section \(section) has another checksum")
        }
        return (row, stored)
    }
}

/// A part of a mapped file as a source; it keeps the mapping.
final class MappedSource: ByteSource {
    private let file: MappedFile
    private var bytes: UnsafeRawBufferPointer

    /// Hands out the bytes, which lie in the file, as one chunk.
    init(_ file: MappedFile, _ bytes: UnsafeRawBufferPointer) {
        self.file = file
        self.bytes = bytes
    }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        defer { bytes = UnsafeRawBufferPointer(start: nil, count: 0) }
        return bytes
    }
}
