internal import CArchive
internal import LayerModel

/// Reads an archive of another form than tar, of those that hold a file system: cpio, zip, 7z, ISO 9660, RAR, xar, LHA and cab.
///
/// Forms that name files of the host, as mtree does, are not among them, and no program is ever started.
@safe package final class ForeignArchive {
    private let archive: OpaquePointer
    private let feed: SeekableFeed
    private let limits: ArchiveLimits
    private var entryCount = 0
    private var entry: OpaquePointer?

    /// Opens an archive.
    ///
    /// - Parameters:
    ///   - byteCount: How long the file is.
    ///   - limits: What is refused.
    ///   - read: Reads bytes of the file at a place, as many as are wanted but at the end, and says how many.
    /// - Throws: `ArchiveError` for what is none of these archives.
    package init(
        byteCount: Int64,
        limits: ArchiveLimits = .standard,
        read: @escaping (UnsafeMutableRawBufferPointer, Int64) throws -> Int
    ) throws {
        let archive = unsafe try Libarchive.made(archive_read_new())
        unsafe self.archive = archive
        self.limits = limits
        feed = unsafe SeekableFeed(byteCount: byteCount, read: read)
        unsafe try check(archive_read_support_format_cpio(archive))
        unsafe try check(archive_read_support_format_zip(archive))
        unsafe try check(archive_read_support_format_7zip(archive))
        unsafe try check(archive_read_support_format_iso9660(archive))
        unsafe try check(archive_read_support_format_rar(archive))
        unsafe try check(archive_read_support_format_rar5(archive))
        unsafe try check(archive_read_support_format_xar(archive))
        unsafe try check(archive_read_support_format_lha(archive))
        unsafe try check(archive_read_support_format_cab(archive))
        unsafe try check(archive_read_set_read_callback(archive, Self.read))
        unsafe try check(archive_read_set_seek_callback(archive, Self.seek))
        unsafe try check(archive_read_set_skip_callback(archive, Self.skip))
        unsafe try check(archive_read_set_callback_data(archive, Unmanaged.passUnretained(feed).toOpaque()))
        unsafe try check(archive_read_open1(archive))
    }

    deinit {
        unsafe archive_read_free(archive)
    }

    /// Moves to the next entry.
    ///
    /// - Returns: What it is, its name in canonical form; a directory that is the root itself has none. Nil at the end.
    /// - Throws: `ArchiveError` that names the entry: for a name that leads out, or a kind that no layer has.
    package func next() throws -> TarHeader? {
        let status = unsafe carchive_read_next_header(archive, &entry)
        if status == ARCHIVE_EOF { return nil }
        try check(status)
        entryCount += 1
        guard entryCount <= limits.entryCount else {
            throw ArchiveError.limit(.entries, "too many entries (over \(limits.entryCount))")
        }
        guard unsafe archive_entry_is_encrypted(entry) == 0 else { throw ArchiveError.unsupported("encrypted archive") }
        let written = unsafe Self.bytes(archive_entry_pathname(entry))
        do {
            return try header(named: written)
        } catch let error as ArchiveError {
            throw ArchiveError.entry(name: written, error)
        } catch let error as LayerPathError {
            throw ArchiveError.entry(name: written, .corrupt("name", reason: "\(error)"))
        }
    }

    /// Gives the content of the entry, its holes as zeros.
    ///
    /// - Parameters:
    ///   - byteCount: How many bytes there are to be.
    ///   - body: Takes the next bytes, valid during the call only.
    /// - Throws: `ArchiveError` when there are more or fewer, or what the closure threw.
    package func readBody(byteCount: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        var position: Int64 = 0
        var start: UnsafeRawPointer?
        var count = 0
        var offset: Int64 = 0
        while true {
            let status = unsafe archive_read_data_block(archive, &start, &count, &offset)
            if status == ARCHIVE_EOF { break }
            try check(status)
            guard offset >= position, offset + Int64(count) <= byteCount else { throw Self.wrongCount }
            unsafe try TarCopying.zeros(offset - position, body)
            unsafe try body(UnsafeRawBufferPointer(start: start, count: count))
            position = offset + Int64(count)
        }
        // A hole at the end; an archive without seals that ends early says so itself.
        unsafe try TarCopying.zeros(byteCount - position, body)
    }

    private func header(named written: [UInt8]) throws -> TarHeader {
        let path = try LayerPath(normalizing: written)
        let hardLink = unsafe Self.bytes(archive_entry_hardlink(entry))
        let kind = hardLink.isEmpty ? try kind() : .hardLink
        let target = unsafe Self.bytes(archive_entry_symlink(entry))
        var header = TarHeader(
            name: path.bytes,
            kind: kind,
            attributes: FileAttributes(
                mode: unsafe UInt16(truncatingIfNeeded: archive_entry_perm(entry)),
                uid: try Self.owner(unsafe archive_entry_uid(entry)),
                gid: try Self.owner(unsafe archive_entry_gid(entry)),
                modificationTime: Timestamp(seconds: unsafe Int64(archive_entry_mtime(entry)))
            ),
            linkName: hardLink.isEmpty ? target : try LayerPath(normalizing: hardLink).bytes,
            device: DeviceNumber(
                major: unsafe UInt32(truncatingIfNeeded: archive_entry_rdevmajor(entry)),
                minor: unsafe UInt32(truncatingIfNeeded: archive_entry_rdevminor(entry))
            ),
            byteCount: kind == .regular || kind == .hardLink ? unsafe archive_entry_size(entry) : 0
        )
        guard header.byteCount >= 0, header.byteCount <= limits.layerByteCount else { throw Self.wrongCount }
        guard kind == .directory || !path.isRoot else { throw ArchiveError.corrupt("entry", reason: "it has no name") }
        header.file.linkCount = unsafe archive_entry_nlink(entry)
        return header
    }

    private func kind() throws(ArchiveError) -> EntryKind {
        switch unsafe UInt32(archive_entry_filetype(entry)) {
        case 0o100000: return .regular
        case 0o120000: return .symbolicLink
        case 0o020000: return .characterDevice
        case 0o060000: return .blockDevice
        case 0o040000: return .directory
        case 0o010000: return .fifo
        default: throw .unsupported("kind of file in an archive")
        }
    }

    private static func owner(_ number: Int64) throws(ArchiveError) -> UInt32 {
        guard (0..<Int64(UInt32.max)).contains(number) else { throw .corrupt("owner", reason: "\(number) is none") }
        return UInt32(number)
    }

    private static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
        unsafe Array(TarReader.bytes(text))
    }

    private static var wrongCount: ArchiveError {
        .corrupt("entry", reason: "its content is not as long as the archive says")
    }

    private func check(_ status: Int32) throws {
        if status == ARCHIVE_OK { return }
        if status == ARCHIVE_WARN, unsafe archive_errno(archive) == Libarchive.conversionError { return }
        if let failure = feed.failure { throw failure }
        let message = unsafe Libarchive.message(archive)
        guard entryCount > 0 else { throw ArchiveError.unsupported("form of archive (\(message))") }
        throw ArchiveError.corrupt("archive", reason: message)
    }

    private static let read: LibarchiveReadCallback = { _, client, target in
        guard let client = unsafe client, let target = unsafe target else { return -1 }
        let feed = unsafe Unmanaged<SeekableFeed>.fromOpaque(client).takeUnretainedValue()
        guard let piece = unsafe feed.next() else { return -1 }
        unsafe target.pointee = piece.baseAddress
        return piece.count
    }

    private static let skip: LibarchiveSkipCallback = { _, client, byteCount in
        guard let client = unsafe client else { return -1 }
        return unsafe Unmanaged<SeekableFeed>.fromOpaque(client).takeUnretainedValue().skip(byteCount)
    }

    private static let seek: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, Int64, CInt) -> Int64 = {
        guard let client = unsafe $1 else { return Int64(ARCHIVE_FATAL) }
        let feed = unsafe Unmanaged<SeekableFeed>.fromOpaque(client).takeUnretainedValue()
        return feed.seek($2, from: $3) ?? Int64(ARCHIVE_FATAL)
    }
}
