import LayerArchive
import LayerModel
import LayerSystem

/// Small files that are made, with what is still to be put into them.
///
/// Sendable because one thread at a time has it: who gathers the files, then who fills them, then the first again.
final class FileBatch: @unchecked Sendable {  // reason: one thread at a time, see above
    /// With how many bytes it is full.
    private static let byteLimit = 64 << 10
    /// How many files it may keep open.
    private static let fileLimit = 16

    private struct Item {
        let file: FileDescriptor
        let byteCount: Int64
        let metadata: FileMetadata
        /// Where the digest of its content is wanted.
        let digestPlace: Int32
        /// Which of the pieces are its content.
        let pieces: Range<Int>
    }

    private struct Piece {
        let offset: Int64
        let bytes: Range<Int>
    }

    private var items: [Item] = []
    private var pieces: [Piece] = []
    private var bytes: [UInt8] = []
    /// How many files are closed.
    private var doneCount = 0
    private var filler = ContentFiller()
    /// The digests, each with its place.
    private(set) var digests: [(place: Int32, digest: ContentDigest)] = []

    deinit {
        for item in items[doneCount...] { try? item.file.close() }  // reason: of a tree that is given up
    }

    /// Whether no further file is to be added.
    var isFull: Bool { bytes.count >= Self.byteLimit || items.count == Self.fileLimit }

    /// Adds a file.
    ///
    /// - Parameters:
    ///   - file: The file, which is closed when it is filled; the caller's still when this throws.
    ///   - byteCount: Its length.
    ///   - metadata: What else it gets.
    ///   - digestPlace: Where the digest of its content is wanted; nobody wants that of an empty file.
    ///   - body: Hands out the content: chunks, each with its offset in the file.
    /// - Throws: What the body throws.
    func add(
        _ file: FileDescriptor,
        byteCount: Int64,
        _ metadata: FileMetadata,
        digestPlace: Int32,
        body: ((UnsafeRawBufferPointer, Int64) throws -> Void) throws -> Void
    ) throws {
        let first = pieces.count
        try body { chunk, offset in
            pieces.append(Piece(offset: offset, bytes: bytes.count..<bytes.count + chunk.count))
            bytes.append(contentsOf: chunk)
        }
        items.append(
            Item(
                file: file,
                byteCount: byteCount,
                metadata: metadata,
                digestPlace: digestPlace,
                pieces: first..<pieces.count
            )
        )
    }

    /// Fills all files and closes them.
    ///
    /// - Returns: How many cannot belong to whom they should; or the first error, after which the rest is given up.
    func fill() -> Result<Int, SystemError> {
        var refusedCount = 0
        do throws(SystemError) {
            for item in items {
                if item.byteCount > 0 { digests.append((item.digestPlace, try fill(item))) }
                if try item.metadata.setOwner(of: item.file) { refusedCount += 1 }
                try item.metadata.setModeAndTimes(of: item.file)
                doneCount += 1
                try item.file.close()
            }
        } catch {
            return .failure(error)
        }
        return .success(refusedCount)
    }

    private func fill(_ item: Item) throws(SystemError) -> ContentDigest {
        filler.begin()
        for piece in pieces[item.pieces] {
            try bytes.withUnsafeBufferPointer { bytes throws(SystemError) in
                let chunk = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[piece.bytes]))
                try filler.take(chunk, at: piece.offset, for: item.file)
            }
        }
        return try filler.finish(byteCount: item.byteCount, of: item.file)
    }

    /// Makes it empty for further files, when all are filled.
    func reset() {
        items.removeAll(keepingCapacity: true)
        pieces.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        digests.removeAll(keepingCapacity: true)
        doneCount = 0
    }
}
