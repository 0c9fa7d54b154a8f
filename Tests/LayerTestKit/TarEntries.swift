import LayerArchive
package import LayerModel

/// What a tar says, entry by entry, for the definition of what layers mean.
package enum TarEntries {
    /// Reads a tar to its end.
    ///
    /// - Parameter source: The tar.
    /// - Returns: The entries in their order, times and attributes included.
    /// - Throws: What reading met.
    package static func read(_ source: any ByteSource) throws -> [LayerEntry] {
        let reader = TarReader(source)
        var entries: [LayerEntry] = []
        while try reader.next() {
            var content = [UInt8](repeating: 0, count: Int(reader.byteCount))
            let attributes = FileAttributes(
                mode: reader.mode,
                uid: reader.uid,
                gid: reader.gid,
                modificationTime: reader.modificationTime,
                extendedAttributes: try reader.extendedAttributes()
            )
            let path = try LayerPath(normalizing: Array(reader.name))
            let link = Array(reader.linkName)
            let (kind, device) = (reader.kind, reader.device)
            try reader.readBody { chunk, offset in
                content.replaceSubrange(Int(offset)..<Int(offset) + chunk.count, with: chunk)
            }
            entries.append(
                LayerEntry(
                    path,
                    kind,
                    attributes: attributes,
                    content: content,
                    target: kind == .symbolicLink ? link : [],
                    linkedPath: kind == .hardLink ? try LayerPath(normalizing: link) : .root,
                    device: device
                )
            )
        }
        return entries
    }
}
