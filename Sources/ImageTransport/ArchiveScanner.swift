import LayerArchive
import LayerModel
import LayerSystem

/// Finds the members of an archive: in place where it can be read at any offset, or else with their bodies spooled on the way.
struct ArchiveScanner {
    private let archive: TransportError.Subject
    private let spool: Spool

    init(label: String, spool: Spool) {
        archive = TransportError.Subject(file: label)
        self.spool = spool
    }

    /// Reads the headers of an uncompressed archive, and passes over the bodies.
    func scanInPlace(_ file: File, byteCount: Int64) throws -> MemberTable {
        let source = BlockSource(file, byteCount: byteCount)
        return try scan(source) { reader, name in
            // What stands in place byte for byte has its size in the header; a sparse file, or a size in an extension header that
            // says otherwise, goes the way of a pipe, so that both ways always give the same content.
            guard TarHeaderBlock(source.block).storedByteCount == reader.byteCount else {
                return try spoolBody(of: reader, name)
            }
            guard reader.byteCount <= byteCount - source.position else {
                throw TransportError(.truncated, name.subject, "the archive ends inside this member")
            }
            let place = ContentBlob.Place.range(file, offset: source.position)
            return ContentBlob(name: name, place: place, byteCount: reader.byteCount)
        }
    }

    /// Reads a whole stream, decompresses it, and spools the bodies.
    func scanStream(_ source: any ByteSource) throws -> MemberTable {
        try scan(Decompressor(source)) { try spoolBody(of: $0, $1) }
    }

    private func scan(
        _ source: any ByteSource,
        place: (TarReader, ContentName) throws -> ContentBlob
    ) throws -> MemberTable {
        try TransportError.naming(archive) {
            var table = MemberTable()
            let reader = TarReader(source)
            var count = 0
            while try reader.next() {
                count += 1
                guard count <= DocumentLimits.memberCount else {
                    throw ArchiveError.limit("more than \(DocumentLimits.memberCount) members")
                }
                guard let path = MemberTable.path(of: reader.name) else { continue }
                table.insert(path, try member(reader, path, place))
            }
            return table
        }
    }

    private func member(
        _ reader: TarReader,
        _ path: LayerPath,
        _ place: (TarReader, ContentName) throws -> ContentBlob
    ) throws -> Member {
        switch reader.kind {
        case .directory: return .directory
        case .symbolicLink: return .symbolicLink(Array(reader.linkName))
        case .hardLink: return .hardLink(Array(reader.linkName))
        case .characterDevice, .blockDevice, .fifo, .socket: return .other
        case .regular: break
        }
        let name = ContentName.member(of: archive, path)
        try DocumentLimits.check(path, byteCount: reader.byteCount, subject: name.subject)
        return .file(try place(reader, name))
    }

    private func spoolBody(of reader: TarReader, _ name: ContentName) throws -> ContentBlob {
        let (file, offset) = try spool.reserve(reader.byteCount)
        try reader.readBody { chunk, fileOffset in
            try spool.write(chunk, at: offset + fileOffset)
        }
        return ContentBlob(name: name, place: .range(file, offset: offset), byteCount: reader.byteCount)
    }
}
