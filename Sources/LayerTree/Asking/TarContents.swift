import LayerArchive
import LayerModel

/// Reads the files of a layer from its tar once more: for a layer of which there is no tree.
struct TarContents: Sendable {
    private static let zeros = [UInt8](repeating: 0, count: 64 << 10)

    /// Opens the uncompressed tar.
    let open: @Sendable () throws -> any ByteSource
    /// Which entry of the tar brought the content of each node, from 1; 0 for none.
    let entryNumbers: ContiguousArray<Int32>
    /// The nodes whose content comes from a lower layer, because they are hard links into it.
    let copies: [Int: Copy]
    /// What is refused.
    let limits: ArchiveLimits

    /// A file of a lower layer.
    struct Copy: Sendable {
        let layer: StackedLayer
        let node: IndexNode
    }

    /// Reads a file: what stands before it in the tar is passed over.
    ///
    /// - Parameters:
    ///   - node: A regular file, by its first name.
    ///   - body: Takes the content piece by piece, holes as zeros; each piece is valid during the call only.
    /// - Throws: What opening and reading met, and what the body threw.
    func read(_ node: IndexNode, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        if let copy = copies[node.ordinal] { return try copy.layer.readFile(copy.node, body) }
        guard node.byteCount > 0 else { return }
        let reader = TarReader(try open(), limits: limits)
        while reader.entryCount < Int(entryNumbers[node.ordinal]) {
            guard try reader.next() else { throw ArchiveError.truncated("tar archive") }
        }
        var end: Int64 = 0
        try reader.readBody { chunk, offset in
            try Self.fill(offset - end, body)
            try body(chunk)
            end = offset + Int64(chunk.count)
        }
        try Self.fill(node.byteCount - end, body)
    }

    private static func fill(_ byteCount: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        var left = byteCount
        while left > 0 {
            let count = Int(min(left, Int64(zeros.count)))
            try zeros.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            left -= Int64(count)
        }
    }
}
