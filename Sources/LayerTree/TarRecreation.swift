import LayerArchive
import LayerModel
package import LayerSystem

/// The exact tar that a layer was unpacked from, made again from its index and its files.
package final class TarRecreation: ByteSource {
    private let index: LayerIndex
    private let layer: Directory
    private let tree: Directory
    private let raw: any ByteSource
    private var rawChunk = UnsafeRawBufferPointer(start: nil, count: 0)
    private var script: TarScript
    private var rawRest: Int64 = 0
    private var file: FileRangeSource?
    private var fileRest: Int64 = 0
    private var filePath = LayerPath.root
    private var isAtEnd = false

    /// Prepares to make the tar.
    ///
    /// - Parameters:
    ///   - index: The layer's index.
    ///   - layer: The layer's directory, with `tree/` in it.
    /// - Throws: `TreeError.damagedIndex`, `SystemError`.
    package init(_ index: LayerIndex, layer: Directory) throws {
        self.index = index
        self.layer = layer
        tree = try layer.open(LayerUnpacker.treeName)
        raw = try index.sections.rawSource()
        script = try index.script()
        try advance()
    }

    /// Gives the next bytes of the tar.
    ///
    /// - Returns: Bytes that stay valid until the next call; none at the end.
    /// - Throws: `TreeError.damagedFile` that names a file which is missing or too short, `TreeError.damagedIndex`, `SystemError`.
    package func nextChunk() throws -> UnsafeRawBufferPointer {
        while true {
            if rawRest > 0 { return try nextRaw() }
            if fileRest > 0 { return try nextOfFile() }
            if isAtEnd { return UnsafeRawBufferPointer(start: nil, count: 0) }
            try advance()
        }
    }

    private func nextRaw() throws -> UnsafeRawBufferPointer {
        if rawChunk.isEmpty { rawChunk = try raw.nextChunk() }
        guard !rawChunk.isEmpty else { throw TreeError.damagedIndex("its raw section ends too early") }
        let count = Int(min(rawRest, Int64(rawChunk.count)))
        defer { rawChunk = UnsafeRawBufferPointer(rebasing: rawChunk[count...]) }
        rawRest -= Int64(count)
        return UnsafeRawBufferPointer(rebasing: rawChunk[..<count])
    }

    private func nextOfFile() throws -> UnsafeRawBufferPointer {
        let chunk: UnsafeRawBufferPointer?
        do {
            chunk = try file?.nextChunk()
        } catch let error as SystemError {
            throw TreeError.damagedFile(filePath, reason: error.reason)
        }
        guard let chunk, !chunk.isEmpty else { throw TreeError.damagedFile(filePath, reason: "it ends too early") }
        fileRest -= Int64(chunk.count)
        return chunk
    }

    /// Reads the next item of the script.
    ///
    /// A script without items left ends with reference 0.
    private func advance() throws {
        guard !isAtEnd else { return }
        let piece = try script.next()
        rawRest = piece.rawByteCount
        guard let holder = piece.holder else {
            isAtEnd = true
            return
        }
        fileRest = piece.byteCount
        file = FileRangeSource(file: try open(holder), offset: piece.fileOffset, byteCount: piece.byteCount)
    }

    private func open(_ holder: TarScript.Holder) throws -> File {
        switch holder {
        case .shadow(let number):
            filePath = ShadowDirectory.path(of: number)
            return try openFile(in: layer)
        case .node(let ordinal):
            guard ordinal < index.nodes.count else { throw TreeError.damagedIndex("its script names no file") }
            filePath = index.path(of: index.nodes[ordinal])
            return try openFile(in: tree)
        }
    }

    private func openFile(in directory: Directory) throws -> File {
        do throws(SystemError) {
            return try directory.openFileInRoot(filePath.bytes)
        } catch {
            guard error.isNotFound || error.isNotDirectory || error.isNotRegularFile || error.isLinkRefused else {
                throw error
            }
            throw TreeError.damagedFile(filePath, reason: error.reason)
        }
    }
}
