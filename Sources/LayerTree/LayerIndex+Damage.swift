package import LayerArchive
package import LayerModel
package import LayerSystem

extension LayerIndex {
    /// Looks for a file whose content is not what the index says: the search that follows when a layer's tar has another digest.
    ///
    /// - Parameter tree: The layer's `tree/`.
    /// - Returns: The first such file in the order of the walk; nil when all are as they were.
    /// - Throws: `SystemError`.
    package func damagedFile(in tree: Directory) throws -> LayerPath? {
        for node in nodes where node.kind == .regular && node.primary == node.ordinal {
            if try isDamaged(node, in: tree) { return path(of: node) }
        }
        return nil
    }

    /// Whether the content of a regular file is not what the index says.
    ///
    /// - Throws: `SystemError` when the file cannot be read.
    func isDamaged(_ node: IndexNode, in tree: Directory) throws -> Bool {
        let path = path(of: node)
        let file: File
        do throws(SystemError) {
            file = try tree.openFileInRoot(path.bytes)
        } catch {
            guard error.isNotFound || error.isOfPlace else { throw error }
            return true
        }
        if try file.byteCount() != node.byteCount { return true }
        guard let expected = contentDigest(of: node) else { return false }
        return try Self.digest(of: file, node.byteCount) != expected
    }

    /// Whether a regular file can be read and holds what the index says.
    ///
    /// - Throws: `SystemError` when this process has no descriptor or no memory left, which says nothing of the file.
    func isWhole(_ node: IndexNode, in tree: Directory) throws -> Bool {
        do {
            return try !isDamaged(node, in: tree)
        } catch let error as SystemError where !error.isExhausted {
            return false
        }
    }

    /// The digest of a file's content, as an index has it.
    static func digest(of file: File, _ byteCount: Int64) throws -> ContentDigest {
        var hasher = FileHasher()
        hasher.reset()
        let source = FileRangeSource(file: file, offset: 0, byteCount: byteCount)
        while true {
            let chunk = try source.nextChunk()
            if chunk.isEmpty { return hasher.finish() }
            hasher.update(chunk)
        }
    }
}

extension LayerIndex {
    /// Finds a file that holds what another should.
    ///
    /// - Parameters:
    ///   - digest: The digest of the content.
    ///   - byteCount: Its length.
    ///   - layer: This layer's directory, with `tree/` in it.
    /// - Returns: The first such file that is whole; nil when there is none.
    /// - Throws: `SystemError`.
    package func file(_ digest: ContentDigest, byteCount: Int64, in layer: Directory) throws -> File? {
        let tree = try layer.open(LayerUnpacker.treeName)
        for node in nodes where node.kind == .regular && node.primary == node.ordinal && node.byteCount == byteCount {
            guard contentDigest(of: node) == digest, try isWhole(node, in: tree) else { continue }
            return try tree.openFileInRoot(path(of: node).bytes)
        }
        return nil
    }
}
