import LayerArchive

/// How a layer's tar is put together: repeatedly bytes that stand in the raw section, then bytes that stand in a file.
struct TarScript {
    /// Where bytes of the tar stand that are not raw.
    enum Holder: Hashable {
        /// A file of the tree, by its node.
        case node(Int)
        /// A file beside the tree, by its number.
        case shadow(Int)
    }

    /// Raw bytes, and the bytes of a file that follow them.
    struct Piece {
        /// How many raw bytes there are.
        let rawByteCount: Int64
        /// The file; nil at the end of the tar.
        let holder: Holder?
        /// Where in the file the bytes begin.
        let fileOffset: Int64
        /// How many bytes of the file follow.
        let byteCount: Int64
    }

    private let bytes: [UInt8]
    private var position = 0

    /// Takes the script section of an index.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads the next piece; behind the last one there is nothing to read.
    ///
    /// - Returns: The piece.
    /// - Throws: `TreeError.damagedIndex`.
    mutating func next() throws(TreeError) -> Piece {
        let start = position
        let result: Result<(Piece, Int), TreeError> = bytes.withUnsafeBytes { bytes in
            do throws(TreeError) {
                var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[start...]))
                let piece = try Self.read(&reader)
                return .success((piece, reader.consumedByteCount))
            } catch {
                return .failure(error)
            }
        }
        let (piece, count) = try result.get()
        position += count
        return piece
    }

    /// Calls with all pieces, the last one included.
    func forEachPiece(_ body: (Piece) throws -> Void) throws {
        var script = TarScript(bytes)
        while true {
            let piece = try script.next()
            try body(piece)
            if piece.holder == nil { return }
        }
    }

    /// References are 1 + 2 · ordinal for a node and 2 + 2 · number for a file beside the tree; 0 ends the script.
    private static func read(_ reader: inout ByteReader) throws(TreeError) -> Piece {
        let rawByteCount = try reader.read(Int64.self)
        let reference = try reader.read(Int.self)
        guard reference > 0 else {
            return Piece(rawByteCount: rawByteCount, holder: nil, fileOffset: 0, byteCount: 0)
        }
        let holder: Holder = reference % 2 == 1 ? .node((reference - 1) / 2) : .shadow((reference - 2) / 2)
        let offset = try reader.read(Int64.self)
        let byteCount = try reader.read(Int64.self)
        guard offset <= Int64.max - byteCount else { throw .damagedIndex("its script leads nowhere") }
        return Piece(rawByteCount: rawByteCount, holder: holder, fileOffset: offset, byteCount: byteCount)
    }
}

extension LayerIndex {
    /// How the layer's tar is put together.
    ///
    /// - Returns: The script.
    /// - Throws: `TreeError.damagedIndex`.
    func script() throws -> TarScript { TarScript(try sections.bytes(of: .script)) }
}
