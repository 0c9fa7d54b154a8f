internal import CArchive
package import LayerModel
internal import Synchronization

/// Reads the entries of a tar, one after the other, through libarchive.
///
/// libarchive gets the tar format alone and no filter, and its bytes from a `TarFramer`, which has checked the headers of each
/// member before. A warning of libarchive is an error, but for the one that a name cannot be converted: names are taken as
/// bytes. After an error every further call throws it again.
///
/// A scan, which wants names, kinds and lengths alone, takes them from the headers that the framer has checked already, and shows
/// libarchive only the members whose headers say these things elsewhere: in maps of sparse files.
///
/// Not for use by two threads at a time.
@safe package final class TarReader {
    enum Stage {
        case betweenEntries
        case body
        /// In the body of a member that libarchive does not see.
        case unseenBody
        case end
    }

    /// Made when the first entry is to be shown to it: a scan may need none.
    private var archive: OpaquePointer?
    let limits: ArchiveLimits
    let sink: (any RawSink)?
    let framer: TarFramer
    private let isScan: Bool
    let joinedName = TarHeaderBytes()
    private var stage = Stage.betweenEntries
    private var failure: (any Error)?
    var entry: OpaquePointer?
    /// Whether the fields are those of the entry that errors are about.
    var isNamed = false

    /// The entry at hand; what others see of it is computed from here, as access to a stored property that they may see would be checked
    /// each time.
    var fields = TarFields()
    /// How many entries were found so far.
    package private(set) var entryCount = 0

    /// Reads a tar from a source.
    ///
    /// - Parameters:
    ///   - source: The bytes of the tar, not compressed.
    ///   - limits: What is refused.
    ///   - rawSink: Takes everything that is not file content; the content of each file must then be read.
    package init(_ source: any ByteSource, limits: ArchiveLimits = .standard, rawSink: (any RawSink)? = nil) {
        self.limits = limits
        isScan = false
        sink = rawSink
        framer = TarFramer(source, limits: limits, sink: rawSink)
    }

    /// Reads a tar from a source for names, kinds, lengths, link targets and devices: all else is 0, and content is passed over.
    ///
    /// - Parameters:
    ///   - source: The bytes of the tar, not compressed.
    ///   - limits: What is refused.
    package init(scanning source: any ByteSource, limits: ArchiveLimits = .standard) {
        self.limits = limits
        isScan = true
        sink = nil
        framer = TarFramer(source, limits: limits, sink: nil)
    }

    deinit {
        if let archive = unsafe archive { unsafe archive_read_free(archive) }
    }

    /// Where the entry's content begins, in bytes from the start of the tar.
    ///
    /// Meaningful for files without holes.
    package var bodyOffset: Int64 { framer.member.offset + Int64(framer.headers.count) }

    /// Whether the entry's content stands in the tar as a list of regions, so that it is to be had by `readBody` only.
    package var isSparse: Bool { framer.member.isSparse }

    /// Moves to the next entry.
    ///
    /// - Returns: False at the end of the archive; all that follows the end was read then, to the end of the source.
    /// - Throws: `ArchiveError` that names the entry, or what the source or the raw sink threw.
    package func next() throws -> Bool {
        if let failure { throw failure }
        do {
            return try advance()
        } catch {
            throw record(error)
        }
    }

    /// Gives the content of the entry: each region with data, in order.
    ///
    /// What lies between is holes.
    ///
    /// - Parameter body: Takes the next bytes, valid during the call only, and where in the file they belong.
    /// - Throws: `ArchiveError` that names the entry, or what the source, the raw sink or the closure threw.
    package func readBody(_ body: (_ chunk: UnsafeRawBufferPointer, _ fileOffset: Int64) throws -> Void) throws {
        if let failure { throw failure }
        guard stage == .body else { return }
        stage = .betweenEntries
        guard framer.bodyLeft > 0 else { return }
        do {
            unsafe try readBlocks(body)
        } catch {
            throw record(error)
        }
    }

    private func readBlocks(_ body: (UnsafeRawBufferPointer, Int64) throws -> Void) throws {
        framer.phase = .body
        var start: UnsafeRawPointer?
        var count = 0
        var offset: Int64 = 0
        while true {
            let status = unsafe archive_read_data_block(archive, &start, &count, &offset)
            if status == ARCHIVE_EOF { break }
            try check(status)
            if count == 0 { continue }
            unsafe try body(UnsafeRawBufferPointer(start: start, count: count), offset)
            try sink?.extent(fileOffset: offset, byteCount: Int64(count))
        }
        guard framer.bodyLeft == 0, framer.paddingLeft == 0 else { throw TarFramer.disagreement }
    }

    private func advance() throws -> Bool {
        if stage == .end { return false }
        if stage == .unseenBody {
            try framer.passOver()
        } else if framer.bodyLeft > 0 || framer.paddingLeft > 0 {
            try skipBody()
        }
        stage = .betweenEntries
        isNamed = false
        guard try framer.nextMember() else {
            stage = .end
            return false
        }
        entryCount += 1
        guard entryCount <= limits.entryCount else {
            throw ArchiveError.limit(.entries, "too many entries (over \(limits.entryCount))")
        }
        if isScan, framer.member.isPlain {
            try takePlainFields()
            stage = .unseenBody
            return true
        }
        try readEntry()
        try takeFields()
        stage = .body
        return true
    }

    private func skipBody() throws {
        framer.phase = .skipping
        unsafe try check(archive_read_data_skip(archive))
        guard framer.bodyLeft == 0, framer.paddingLeft == 0 else { throw TarFramer.disagreement }
    }

    private func readEntry() throws {
        if unsafe archive == nil { try open() }
        // libarchive builds its table for base 64 while it decodes, without a lock.
        if framer.member.hasEncodedAttribute {
            try Libarchive.base64.withLock { _ in unsafe try check(carchive_read_next_header(archive, &entry)) }
        } else {
            unsafe try check(carchive_read_next_header(archive, &entry))
        }
        framer.phase = .headers
        guard unsafe archive_read_header_position(archive) == framer.member.offset - framer.unseenByteCount,
            unsafe archive_filter_bytes(archive, 0) == framer.handedByteCount
        else { throw TarFramer.disagreement }
    }

    private func open() throws {
        let archive = unsafe try Libarchive.made(archive_read_new())
        unsafe self.archive = archive
        // Set, not guessed: what begins the archive was checked by the framer.
        unsafe try check(archive_read_set_format(archive, ARCHIVE_FORMAT_TAR))
        let client = unsafe Unmanaged.passUnretained(framer).toOpaque()
        unsafe try check(archive_read_open2(archive, client, nil, Self.read, Self.skip, nil))
    }

    private func check(_ status: Int32) throws {
        if status == ARCHIVE_OK { return }
        if let failure = framer.failure { throw failure }
        // A name that cannot be converted to the locale's characters: it is taken as bytes. No other warning has this number.
        if status == ARCHIVE_WARN, unsafe archive_errno(archive) == Libarchive.conversionError { return }
        throw ArchiveError.corrupt("tar archive", reason: unsafe Libarchive.message(archive))
    }

    /// Keeps an error for all further calls, with the name of the entry that it is about.
    private func record(_ error: any Error) -> any Error {
        var named = error
        if let plain = error as? ArchiveError, !framer.sourceFailed, let name = nameForErrors {
            named = ArchiveError.entry(name: name, plain)
        }
        failure = named
        return named
    }

    private static let read: LibarchiveReadCallback = { _, client, target in
        guard let client = unsafe client, let target = unsafe target else { return -1 }
        let piece = unsafe Unmanaged<TarFramer>.fromOpaque(client).takeUnretainedValue().pieceForLibarchive()
        unsafe target.pointee = piece.baseAddress
        return unsafe piece.isEmpty ? -1 : piece.count
    }

    private static let skip: LibarchiveSkipCallback = { _, client, byteCount in
        guard let client = unsafe client else { return -1 }
        return unsafe Unmanaged<TarFramer>.fromOpaque(client).takeUnretainedValue().skipForLibarchive(byteCount)
    }
}
