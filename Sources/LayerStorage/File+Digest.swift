import LayerArchive
package import LayerModel
package import LayerSystem

extension File {
    /// Reads the whole file for its digest.
    ///
    /// - Parameter algorithm: How it is computed.
    /// - Returns: The digest.
    /// - Throws: `SystemError`; one that grows meanwhile is read as far as it was.
    package func digest(_ algorithm: Digest.Algorithm) throws -> Digest {
        let stream = DigestStream(algorithm)
        let source = FileRangeSource(file: self, offset: 0, byteCount: try byteCount())
        while true {
            let chunk = try source.nextChunk()
            if chunk.isEmpty { return stream.finish() }
            stream.update(chunk)
        }
    }
}
