internal import CArchive
internal import LayerModel

extension TarReader {
    /// The largest owner that is taken: one more is -1, which `chown` takes for "leave it".
    ///
    /// Source: `man 2 chown`.
    private static let largestOwner = Int64(UInt32.max) - 1

    /// Takes what libarchive and the framer know of the entry.
    func takeFields() throws {
        let member = framer.member
        // PAX names are taken from the record: libarchive would turn some bytes into other ones for the locale.
        unsafe fields.name = place(member.sparsePath ?? member.path) ?? Self.bytes(archive_entry_pathname(entry))
        isNamed = true
        fields.kind = member.kind
        unsafe fields.linkName = linkBytes(of: member)
        fields.uid = unsafe try owner(archive_entry_uid(entry), "uid")
        fields.gid = unsafe try owner(archive_entry_gid(entry), "gid")
        fields.mode = unsafe UInt16(truncatingIfNeeded: archive_entry_perm(entry)) & 0o7777
        fields.modificationTime = member.modificationTime ?? headerTime
        fields.device = unsafe try deviceNumber(
            major: Int64(exactly: archive_entry_rdevmajor(entry)),
            minor: Int64(exactly: archive_entry_rdevminor(entry))
        )
        fields.byteCount = unsafe archive_entry_size(entry)
        try checkByteCount()
        try takeDirectoryOfOldForm()
    }

    /// Before directories had a kind of their own, a slash made one.
    func takeDirectoryOfOldForm() throws(ArchiveError) {
        guard kind == .regular, unsafe name.last == UInt8(ascii: "/") else { return }
        guard byteCount == 0 else { throw TarHeaderReader.header("data in a member that is no file") }
        fields.kind = .directory
    }

    /// The name for messages: of the entry, or what its headers said before they turned out bad.
    var nameForErrors: [UInt8]? {
        isNamed ? unsafe Array(name) : framer.nameInHeaders
    }

    func place(_ range: Range<Int>?) -> UnsafeBufferPointer<UInt8>? {
        guard let range else { return nil }
        return unsafe framer.headers[range].bindMemory(to: UInt8.self)
    }

    private func linkBytes(of member: TarMember) -> UnsafeBufferPointer<UInt8> {
        guard kind == .hardLink || kind == .symbolicLink else {
            return unsafe UnsafeBufferPointer(start: nil, count: 0)
        }
        if let place = unsafe place(member.linkPath) { return unsafe place }
        return unsafe Self.bytes(
            kind == .hardLink ? archive_entry_hardlink(entry) : archive_entry_symlink(entry)
        )
    }

    static func bytes(_ text: UnsafePointer<CChar>?) -> UnsafeBufferPointer<UInt8> {
        guard let text = unsafe text else { return unsafe UnsafeBufferPointer(start: nil, count: 0) }
        var count = 0
        while unsafe text[count] != 0 { count += 1 }
        let start = unsafe UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
        return unsafe UnsafeBufferPointer(start: start, count: count)
    }

    private var headerTime: Timestamp {
        unsafe Timestamp(
            seconds: Int64(archive_entry_mtime(entry)),
            nanoseconds: UInt32(clamping: archive_entry_mtime_nsec(entry))
        )
    }

    func owner(_ number: Int64, _ field: String) throws(ArchiveError) -> UInt32 {
        guard number >= 0, number <= Self.largestOwner else {
            throw TarHeaderReader.header("invalid \(field) \(number)")
        }
        guard number <= limits.ownerID else { throw .limit(.ownerID, "\(field) \(number) over \(limits.ownerID)") }
        return UInt32(number)
    }

    func deviceNumber(major: Int64?, minor: Int64?) throws(ArchiveError) -> DeviceNumber {
        guard kind == .characterDevice || kind == .blockDevice else { return DeviceNumber(major: 0, minor: 0) }
        let (major, minor) = (major.flatMap { UInt32(exactly: $0) }, minor.flatMap { UInt32(exactly: $0) })
        guard let major, let minor else { throw TarHeaderReader.header("device number over 32 bits") }
        guard max(major, minor) <= limits.deviceNumber else {
            throw .limit(.deviceNumber, "device number \(max(major, minor)) over \(limits.deviceNumber)")
        }
        return DeviceNumber(major: major, minor: minor)
    }

    /// Holds the length that libarchive found against that of the body.
    private func checkByteCount() throws(ArchiveError) {
        guard byteCount >= 0, byteCount <= limits.layerByteCount else {
            throw .limit(.layerBytes, "file larger than \(limits.layerByteCount) bytes")
        }
        if framer.member.isSparse {
            guard byteCount <= limits.sparseByteCount else {
                throw .limit(.sparseBytes, "sparse file larger than \(limits.sparseByteCount) bytes")
            }
            try checkSparseMap()
        } else if byteCount != framer.bodyLeft {
            throw TarFramer.disagreement
        }
    }

    /// The regions must lie in order, inside the file, and take up the whole body: libarchive checks none of that.
    private func checkSparseMap() throws(ArchiveError) {
        // Counted first: counting may free the list, and `reset` would leave its cursor on what was freed.
        let count = unsafe Int(archive_entry_sparse_count(entry))
        unsafe archive_entry_sparse_reset(entry)
        guard count <= limits.sparseRegionCount else { throw framer.tooManyRegions }
        var end: Int64 = 0
        var covered: Int64 = 0
        var offset: Int64 = 0
        var length: Int64 = 0
        while unsafe archive_entry_sparse_next(entry, &offset, &length) == ARCHIVE_OK {
            guard offset >= end, length >= 0, length <= byteCount, offset <= byteCount - length else {
                throw TarHeaderReader.header("sparse map out of order")
            }
            end = offset + length
            covered += length
        }
        // A map of one region that is the whole file is no map to libarchive.
        if count == 0 { covered = framer.bodyLeft == byteCount ? byteCount : 0 }
        guard covered == framer.bodyLeft else { throw TarHeaderReader.header("sparse map does not fit the data") }
    }
}
