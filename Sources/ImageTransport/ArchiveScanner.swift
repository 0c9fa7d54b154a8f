import LayerArchive
import LayerModel
import LayerSystem

/// Finds the members of an archive: in place where it can be read at any offset, or else with their bodies spooled on the way.
struct ArchiveScanner {
    private let archive: TransportError.Subject
    private let spool: Spool
    private let limits: InputLimits

    init(label: String, spool: Spool, limits: InputLimits) {
        archive = TransportError.Subject(file: label)
        self.spool = spool
        self.limits = limits
    }

    /// Reads the headers of an uncompressed archive, and passes over the bodies.
    func scanInPlace(_ file: File, byteCount: Int64) throws -> MemberTable {
        // Bodies are passed over: a piece larger than a header would be read in vain.
        let source = FileRangeSource(
            file: file,
            offset: 0,
            byteCount: byteCount,
            chunkByteCount: 512,
            probeByteCount: 512
        )
        return try scan(TarReader(scanning: source, limits: ArchiveLimits(limits))) { reader, name in
            guard !reader.isSparse else { return try spoolBody(of: reader, name) }
            guard reader.byteCount <= byteCount - reader.bodyOffset else {
                throw TransportError(.truncated, name.subject, "the archive ends inside this member")
            }
            let place = ContentBlob.Place.range(file, offset: reader.bodyOffset)
            return ContentBlob(name: name, place: place, byteCount: reader.byteCount)
        }
    }

    /// Reads a whole stream, decompresses it, and spools the bodies.
    func scanStream(_ source: any ByteSource) throws -> MemberTable {
        let limits = ArchiveLimits(limits)
        return try scan(TarReader(Decompressor(source, limits: limits), limits: limits)) { try spoolBody(of: $0, $1) }
    }

    private func scan(
        _ reader: TarReader,
        place: (TarReader, ContentName) throws -> ContentBlob
    ) throws -> MemberTable {
        try TransportError.naming(archive) {
            var table = MemberTable()
            var count = 0
            while try reader.next() {
                count += 1
                guard count <= limits[.members] else {
                    throw ArchiveError.limit(.members, "more than \(limits[.members]) members")
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
        try limits.checkDocument(path, byteCount: reader.byteCount, subject: name.subject)
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
