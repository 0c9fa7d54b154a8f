internal import CArchive
internal import LayerModel

/// Writes a tar through libarchive: ustar headers, and PAX records for what does not fit into them; or another format of it.
///
/// Times are whole seconds, as in the layers that Docker writes (contract L-27): libarchive would keep a fraction only where
/// something else needs a PAX header, and a header for the fraction alone costs 1 KiB a file. Owners have no names, and no sparse members are written. Two zero blocks end the tar, nothing
/// pads it further. Names that are not ASCII go into PAX records; the records say `hdrcharset=BINARY` when the names are not
/// UTF-8, and whenever the program has not set the locale's characters to UTF-8.
@safe package final class TarWriter {
    private let archive: OpaquePointer
    private let entry: OpaquePointer
    private let outlet: Outlet
    private var contentLeft: Int64 = 0

    /// Starts a tar.
    ///
    /// - Parameters:
    ///   - format: What is written.
    ///   - sink: Takes the bytes of the tar, valid during the call only.
    /// - Throws: `ArchiveError` when libarchive cannot be set up.
    package init(_ format: TreeFormat = .tar, sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        unsafe archive = try Libarchive.made(archive_write_new())
        unsafe entry = try Libarchive.made(archive_entry_new())
        outlet = unsafe Outlet(sink)
        switch format {
        case .tar:
            unsafe try check(archive_write_set_format_pax_restricted(archive))
            unsafe try check(archive_write_set_options(archive, "xattrheader=SCHILY"))
        case .cpio: unsafe try check(archive_write_set_format_cpio_newc(archive))
        case .mtree:
            unsafe try check(archive_write_set_format_mtree(archive))
            unsafe try check(archive_write_set_options(archive, "!all,type,mode,uid,gid,time,size,link,device,sha256"))
        }
        unsafe try check(archive_write_set_bytes_per_block(archive, 0))
        let client = unsafe Unmanaged.passUnretained(outlet).toOpaque()
        unsafe try check(archive_write_open2(archive, client, nil, Self.write, nil, nil))
    }

    deinit {
        // An archive that was not finished is not to be: closing would write its end.
        unsafe archive_write_fail(archive)
        unsafe archive_write_free(archive)
        unsafe archive_entry_free(entry)
    }

    /// Begins an entry; its content follows through `write`.
    ///
    /// - Parameter header: What the tar says of it.
    /// - Throws: `ArchiveError` when it cannot stand in a tar or the entry before is not complete, or what the sink threw.
    package func add(_ header: TarHeader) throws {
        try requireCompleteEntry()
        unsafe archive_entry_clear(entry)
        try fill(header)
        unsafe try check(carchive_write_header(archive, entry))
        contentLeft = header.byteCount
    }

    /// Adds an entry with all its content.
    ///
    /// - Parameters:
    ///   - header: What the tar says of it; the count of bytes is taken from the content.
    ///   - content: The content of the file.
    /// - Throws: `ArchiveError` when it cannot stand in a tar, or what the sink threw.
    package func add(_ header: TarHeader, content: some Collection<UInt8>) throws {
        var counted = header
        counted.byteCount = Int64(content.count)
        try add(counted)
        unsafe try Array(content).withUnsafeBytes { unsafe try write($0) }
    }

    /// Writes the next bytes of the content of the entry.
    ///
    /// - Parameter bytes: No more than the header announced.
    /// - Throws: `ArchiveError` when they are more, or what the sink threw.
    package func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard bytes.count <= contentLeft else { throw Self.wrongCount }
        contentLeft -= Int64(bytes.count)
        var rest = unsafe bytes
        while unsafe !rest.isEmpty {
            let written = unsafe archive_write_data(archive, rest.baseAddress, rest.count)
            guard written > 0 else { return try check(ARCHIVE_FATAL) }
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        }
    }

    /// Ends the tar.
    ///
    /// - Throws: `ArchiveError` when the last entry is not complete, or what the sink threw.
    package func finish() throws {
        try requireCompleteEntry()
        unsafe try check(archive_write_close(archive))
    }

    private func requireCompleteEntry() throws {
        // libarchive would fill the file up with zeros.
        guard contentLeft == 0 else { throw Self.wrongCount }
    }

    private func fill(_ header: TarHeader) throws {
        unsafe Self.withText(header.name) { unsafe archive_entry_copy_pathname(entry, $0) }
        guard let fileType = Self.fileType(header.kind) else { throw ArchiveError.unsupported("socket in a tar") }
        unsafe archive_entry_set_filetype(entry, fileType)
        if header.kind == .hardLink {
            unsafe Self.withText(header.linkName) { unsafe archive_entry_copy_hardlink(entry, $0) }
        } else if header.kind == .symbolicLink {
            unsafe Self.withText(header.linkName) { unsafe archive_entry_copy_symlink(entry, $0) }
        }
        let attributes = header.attributes
        unsafe archive_entry_set_perm(entry, mode_t(attributes.mode))
        unsafe archive_entry_set_uid(entry, Int64(attributes.uid))
        unsafe archive_entry_set_gid(entry, Int64(attributes.gid))
        unsafe archive_entry_set_size(entry, header.byteCount)
        unsafe archive_entry_set_mtime(entry, Int(attributes.modificationTime.seconds), 0)
        unsafe archive_entry_set_rdevmajor(entry, UInt(header.device.major))
        unsafe archive_entry_set_rdevminor(entry, UInt(header.device.minor))
        unsafe archive_entry_set_ino64(entry, header.file.number)
        unsafe archive_entry_set_nlink(entry, header.file.linkCount)
        // libarchive keeps them last first.
        for attribute in attributes.extendedAttributes.reversed() {
            unsafe Self.withText(attribute.name) { name in
                unsafe attribute.value.withUnsafeBytes { value in
                    unsafe archive_entry_xattr_add_entry(entry, name, value.baseAddress, value.count)
                }
            }
        }
    }

    private static func fileType(_ kind: EntryKind) -> UInt32? {
        switch kind {
        case .regular, .hardLink: 0o100000
        case .symbolicLink: 0o120000
        case .characterDevice: 0o020000
        case .blockDevice: 0o060000
        case .directory: 0o040000
        case .fifo: 0o010000
        case .socket: nil
        }
    }

    private static func withText(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Void) {
        unsafe (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
            if let start = buffer.baseAddress { unsafe body(start) }
        }
    }

    private func check(_ status: Int32) throws {
        if status == ARCHIVE_OK { return }
        if let failure = outlet.failure { throw failure }
        // A name that is not UTF-8 is written as it is, and marked.
        if status == ARCHIVE_WARN, unsafe archive_errno(archive) == Libarchive.conversionError { return }
        throw ArchiveError.corrupt("tar entry", reason: unsafe Libarchive.message(archive))
    }

    private static var wrongCount: ArchiveError {
        .corrupt("tar entry", reason: "its content is not as long as its header says")
    }

    private static let write:
        @convention(c) (
            OpaquePointer?, UnsafeMutableRawPointer?, UnsafeRawPointer?, Int
        ) -> Int = { _, client, start, count in
            guard let client = unsafe client else { return -1 }
            let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
            return unsafe Unmanaged<Outlet>.fromOpaque(client).takeUnretainedValue().take(bytes)
        }
}

/// Takes bytes from libarchive.
@safe private final class Outlet {
    private let sink: (UnsafeRawBufferPointer) throws -> Void
    private(set) var failure: (any Error)?

    init(_ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) {
        unsafe self.sink = sink
    }

    func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        do {
            unsafe try sink(bytes)
            return bytes.count
        } catch {
            failure = error
            return -1
        }
    }
}
