import LayerArchive
import LayerModel
import LayerSystem

/// Finds the members of an archive: in place where it can be read at any offset, or else with their bodies spooled on the way.
struct ArchiveScanner {
    let label: String
    let spool: Spool

    /// Reads the headers of an uncompressed archive, and passes over the bodies.
    func scanInPlace(_ file: File, byteCount: Int64) throws -> MemberTable {
        let source = BlockSource(file, byteCount: byteCount)
        return try scan(source) { reader, subject in
            // What stands in place byte for byte has its size in the header; a sparse file, or a size in an extension header that
            // says otherwise, goes the way of a pipe, so that both ways always give the same content.
            guard TarHeaderBlock(source.block).storedByteCount == reader.byteCount else {
                return try spoolBody(of: reader, subject)
            }
            guard reader.byteCount <= byteCount - source.position else {
                throw TransportError(.truncated, subject, "the archive ends inside this member")
            }
            let place = ContentBlob.Place.range(file, offset: source.position)
            return ContentBlob(subject: subject, place: place, byteCount: reader.byteCount)
        }
    }

    /// Reads a whole stream, decompresses it, and spools the bodies.
    func scanStream(_ source: any ByteSource) throws -> MemberTable {
        try scan(Decompressor(source)) { try spoolBody(of: $0, $1) }
    }

    private func scan(
        _ source: any ByteSource,
        place: (TarReader, TransportError.Subject) throws -> ContentBlob
    ) throws -> MemberTable {
        try TransportError.naming(TransportError.Subject(file: label)) {
            var table = MemberTable()
            let reader = try TarReader(source)
            var count = 0
            while try reader.next() {
                count += 1
                guard count <= DocumentLimits.memberCount else {
                    throw ArchiveError.limit("more than \(DocumentLimits.memberCount) members")
                }
                let name = Array(reader.name)
                table.insert(name, try member(reader, name, place))
            }
            return table
        }
    }

    private func member(
        _ reader: TarReader,
        _ name: [UInt8],
        _ place: (TarReader, TransportError.Subject) throws -> ContentBlob
    ) throws -> Member {
        switch reader.kind {
        case .directory: return .directory
        case .symbolicLink: return .symbolicLink(Array(reader.linkName))
        case .hardLink: return .hardLink(Array(reader.linkName))
        case .characterDevice, .blockDevice, .fifo, .socket: return .other
        case .regular: break
        }
        let subject = TransportError.Subject(file: label, member: EscapedText.name(name))
        if let path = MemberTable.path(of: name) {
            try DocumentLimits.check(path, byteCount: reader.byteCount, subject: subject)
        }
        return .file(try place(reader, subject))
    }

    private func spoolBody(of reader: TarReader, _ subject: TransportError.Subject) throws -> ContentBlob {
        let (file, offset) = try spool.reserve(reader.byteCount)
        try reader.readBody { chunk, fileOffset in
            try spool.write(chunk, at: offset + fileOffset)
        }
        return ContentBlob(subject: subject, place: .range(file, offset: offset), byteCount: reader.byteCount)
    }
}
