import LayerArchive

/// One member of gzip, as the module's encoder makes it of blocks.
package enum GzipMember {
    /// Compresses bytes.
    package static func compress(_ content: [UInt8], level: Int32 = 6, blockByteCount: Int = 100_000) -> [UInt8] {
        let encoder = GzipBlockEncoder(level: level)
        var trailer = GzipTrailer()
        var member = GzipBlockEncoder.header
        content.withUnsafeBytes { content in
            for start in stride(from: 0, to: content.count, by: blockByteCount) {
                let block = UnsafeRawBufferPointer(rebasing: content[start...].prefix(blockByteCount))
                let before = max(0, start - GzipBlockEncoder.dictionaryByteCount)
                member += encoder.compress(block, after: UnsafeRawBufferPointer(rebasing: content[before..<start]))
                trailer.append(checksum: GzipTrailer.checksum(of: block), byteCount: block.count)
            }
        }
        return member + trailer.bytes
    }
}
