internal import CArchive
internal import LayerModel

/// Decodes bzip2 and xz by one filter of libarchive, in front of its raw format.
///
/// The filter is named, so that nothing is guessed and content that is compressed again stays as it is; a filter that libarchive
/// could do by an outside program only is refused.
///
/// libarchive takes a bzip2 stream that is cut in its first bytes for the end of everything, and passes over what follows. So what it
/// leaves is looked at: zeros are padding, and anything else must be a further stream.
@safe final class ForeignDecoder: ByteSource {
    private let compression: Compression
    private let feed: ForeignFeed
    private var archive: OpaquePointer?
    private var isAtEnd = false

    init(_ upstream: any ByteSource, compression: Compression) {
        self.compression = compression
        feed = ForeignFeed(upstream)
    }

    deinit {
        if let archive = unsafe archive { unsafe archive_read_free(archive) }
    }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        if unsafe archive == nil { try open() }
        var start: UnsafeRawPointer?
        var count = 0
        var offset: Int64 = 0
        while !isAtEnd {
            let status = unsafe archive_read_data_block(archive, &start, &count, &offset)
            if status == ARCHIVE_EOF {
                try startNextStream()
            } else {
                try check(status)
                if count > 0 { return unsafe UnsafeRawBufferPointer(start: start, count: count) }
            }
        }
        return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    }

    private func startNextStream() throws {
        let usedByteCount = unsafe archive_filter_bytes(archive, -1)
        guard try feed.rewind(to: usedByteCount) else {
            isAtEnd = true
            return
        }
        // What libarchive does not begin with is the beginning of a stream, or none at all.
        guard usedByteCount > 0 else { throw ArchiveError.truncated("\(compression.rawValue) stream") }
        unsafe archive_read_free(archive)
        unsafe archive = nil
        try open()
    }

    private func open() throws {
        let archive = unsafe try Libarchive.made(archive_read_new())
        unsafe self.archive = archive
        let filter = compression == .bzip2 ? ARCHIVE_FILTER_BZIP2 : ARCHIVE_FILTER_XZ
        unsafe try check(archive_read_append_filter(archive, filter))
        unsafe try check(archive_read_set_format(archive, ARCHIVE_FORMAT_RAW))
        let client = unsafe Unmanaged.passUnretained(feed).toOpaque()
        unsafe try check(archive_read_open2(archive, client, nil, read, nil, nil))
        var entry: OpaquePointer?
        unsafe try check(carchive_read_next_header(archive, &entry))
    }

    private let read: LibarchiveReadCallback = { _, client, target in
        guard let client = unsafe client, let target = unsafe target else { return -1 }
        return unsafe Unmanaged<ForeignFeed>.fromOpaque(client).takeUnretainedValue().give(target)
    }

    private func check(_ status: Int32) throws {
        if status == ARCHIVE_OK { return }
        if let failure = feed.failure { throw failure }
        if feed.isAtEnd, status == ARCHIVE_FATAL { throw ArchiveError.truncated("\(compression.rawValue) stream") }
        throw unsafe ArchiveError.corrupt("\(compression.rawValue) stream", reason: Libarchive.message(archive))
    }
}
