internal import CArchive
internal import LayerModel

/// Decodes bzip2, xz and lz4 by one filter of libarchive, in front of its raw format.
///
/// The filter is named, so that nothing is guessed and content that is compressed again stays as it is; a filter that libarchive
/// could do by an outside program only is refused.
@safe final class ForeignDecoder: ByteSource {
    private let compression: Compression
    private let archive: OpaquePointer
    private let feed: Feed
    private var isOpen = false
    private var isAtEnd = false

    init(_ upstream: any ByteSource, compression: Compression) {
        self.compression = compression
        feed = Feed(upstream)
        guard let archive = unsafe archive_read_new() else { preconditionFailure("out of memory") }
        unsafe self.archive = archive
    }

    deinit {
        unsafe archive_read_free(archive)
    }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        if !isOpen { try open() }
        guard !isAtEnd else { return unsafe UnsafeRawBufferPointer(start: nil, count: 0) }
        var start: UnsafeRawPointer?
        var count = 0
        var offset: Int64 = 0
        let status = unsafe archive_read_data_block(archive, &start, &count, &offset)
        if status == ARCHIVE_EOF {
            isAtEnd = true
            return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        }
        try check(status)
        return unsafe UnsafeRawBufferPointer(start: start, count: count)
    }

    private func open() throws {
        isOpen = true
        let filter =
            switch compression {
            case .bzip2: ARCHIVE_FILTER_BZIP2
            case .xz: ARCHIVE_FILTER_XZ
            default: ARCHIVE_FILTER_LZ4
            }
        unsafe try check(archive_read_append_filter(archive, filter))
        unsafe try check(archive_read_set_format(archive, ARCHIVE_FORMAT_RAW))
        let client = unsafe Unmanaged.passUnretained(feed).toOpaque()
        unsafe try check(archive_read_open2(archive, client, nil, read, nil, nil))
        var entry: OpaquePointer?
        unsafe try check(archive_read_next_header(archive, &entry))
    }

    private let read: LibarchiveReadCallback = { _, client, target in
        guard let client = unsafe client, let target = unsafe target else { return -1 }
        return unsafe Unmanaged<Feed>.fromOpaque(client).takeUnretainedValue().give(target)
    }

    private func check(_ status: Int32) throws {
        if status == ARCHIVE_OK { return }
        if let failure = feed.failure { throw failure }
        if feed.isAtEnd, status == ARCHIVE_FATAL { throw ArchiveError.truncated("\(compression.rawValue) stream") }
        throw unsafe ArchiveError.corrupt("\(compression.rawValue) stream", reason: Libarchive.message(archive))
    }
}

/// Gives the chunks of a source to libarchive as they are.
private final class Feed {
    private let upstream: any ByteSource
    private(set) var failure: (any Error)?
    private(set) var isAtEnd = false

    init(_ upstream: any ByteSource) {
        self.upstream = upstream
    }

    func give(_ target: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
        do {
            let chunk = unsafe try upstream.nextChunk()
            unsafe target.pointee = chunk.baseAddress
            isAtEnd = unsafe chunk.isEmpty
            return chunk.count
        } catch {
            failure = error
            return -1
        }
    }
}
