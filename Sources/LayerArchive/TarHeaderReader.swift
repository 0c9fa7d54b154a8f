internal import LayerModel

/// Reads what the headers of one member say, before libarchive sees them.
///
/// libarchive 3.6.2 alone would read numbers as far as they go, cut names at a NUL, ignore the size of a directory or a link, take
/// unknown kinds for files, choose between two names, and drop regions of a sparse file (contracts L-12, L-32, L-44, L-85;
/// hazards 5, 38, 43 to 46, 52; shown by `LibarchiveTests`). Here the sizes that frame the stream are worked out a
/// second time and everything that readers disagree on is refused; what the fields mean stays libarchive's.
struct TarHeaderReader {
    private let limits: ArchiveLimits
    var member: TarMember

    init(memberAt offset: Int64, limits: ArchiveLimits) {
        self.limits = limits
        member = TarMember(offset: offset)
    }

    /// Whether a block begins an extension header.
    static func isExtension(_ block: TarBlock) -> Bool {
        switch block.typeFlag {
        case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "g"), UInt8(ascii: "L"), UInt8(ascii: "K"): true
        default: false
        }
    }

    /// Checks the size of an extension header before its body is read, and gives it in bytes.
    mutating func beginExtension(_ block: TarBlock) throws(ArchiveError) -> Int {
        guard let size = block.size else { throw Self.badNumber("size") }
        guard size >= 0 else { throw Self.header("negative size") }
        member.extensionCount += 1
        guard member.extensionCount <= limits.extensionHeaderCount else {
            throw .limit(.extensionHeaders, "too many extension headers (over \(limits.extensionHeaderCount))")
        }
        guard size <= limits.extensionHeaderByteCount - member.extensionByteCount else {
            throw .limit(.extensionBytes, "extension header too large (over \(limits.extensionHeaderByteCount) bytes)")
        }
        member.extensionByteCount += Int(size)
        return Int(size)
    }

    /// Reads the body of an extension header.
    ///
    /// - Parameters:
    ///   - typeFlag: Which one it is.
    ///   - body: Its bytes without the padding.
    ///   - start: Where they stand in the bytes of the member's headers.
    /// - Throws: `ArchiveError` for what is malformed or ambiguous.
    mutating func readExtension(
        _ typeFlag: UInt8,
        body: UnsafeRawBufferPointer,
        at start: Int
    ) throws(ArchiveError) {
        switch typeFlag {
        case UInt8(ascii: "L"):
            member.hasGNUName = true
            member.gnuPath = unsafe Self.longName(body, at: start)
        case UInt8(ascii: "K"):
            member.hasGNULinkName = true
            member.gnuLinkPath = unsafe Self.longName(body, at: start)
        case UInt8(ascii: "g"):
            guard !member.hasPaxHeader, !member.hasGNUName, !member.hasGNULinkName else {
                throw Self.header("global header between the headers of one member")
            }
            // What it says is not applied: containerd and Docker do not either (contract L-32).
            var records = unsafe PaxRecords(body)
            while unsafe try records.next() != nil {}
        default:
            guard !member.hasPaxHeader else { throw Self.header("two PAX headers for one member") }
            member.hasPaxHeader = true
            unsafe try member.readPaxRecords(body, at: start)
        }
        let isAmbiguous =
            member.hasGNUName && member.path != nil || member.hasGNULinkName && member.linkPath != nil
        if isAmbiguous { throw Self.header("both a GNU and a PAX name") }
    }

    /// Reads the header that every member has.
    mutating func readHeader(_ block: TarBlock) throws(ArchiveError) {
        member.kind = try kind(block)
        guard let size = block.size else { throw Self.badNumber("size") }
        guard size >= 0 else { throw Self.header("negative size") }
        guard let uid = block.uid, let gid = block.gid else { throw Self.badNumber("owner") }
        (member.uid, member.gid) = (uid, gid)
        guard block.mode != nil else { throw Self.badNumber("mode") }
        member.bodyByteCount = member.byteCount ?? size
        guard member.bodyByteCount <= limits.layerByteCount else {
            throw .limit(.layerBytes, "size over \(limits.layerByteCount) bytes")
        }
        if member.kind == .characterDevice || member.kind == .blockDevice {
            guard block.deviceMajor != nil, block.deviceMinor != nil else { throw Self.badNumber("device") }
        }
        if member.kind != .regular, member.bodyByteCount > 0 || member.isSparse {
            throw Self.header("data in a member that is no file")
        }
        if block.isGNU { try checkGNUFields(block) }
    }

    private mutating func kind(_ block: TarBlock) throws(ArchiveError) -> EntryKind {
        switch block.typeFlag {
        case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): return .regular
        case UInt8(ascii: "1"): return .hardLink
        case UInt8(ascii: "2"): return .symbolicLink
        case UInt8(ascii: "3"): return .characterDevice
        case UInt8(ascii: "4"): return .blockDevice
        case UInt8(ascii: "5"): return .directory
        case UInt8(ascii: "6"): return .fifo
        case UInt8(ascii: "S"):
            guard block.isGNU, !member.isSparse else { throw .unsupported("sparse format") }
            member.isSparse = true
            return .regular
        case let other: throw .unsupported("member type '\(EscapedText.name(CollectionOfOne(other)))'")
        }
    }

    /// libarchive takes what stands in the GNU fields for a list of regions whatever the member is, and old versions of Go put
    /// a name prefix there.
    private func checkGNUFields(_ block: TarBlock) throws(ArchiveError) {
        guard block.hasGoodGNUTimes else { throw .unsupported("GNU header with a name prefix") }
        if block.isSparseMapContinued, !block.hasSparseMap { throw Self.header("sparse map without regions") }
        let isSparseHeader = block.typeFlag == UInt8(ascii: "S")
        if !isSparseHeader, block.hasSparseMap || block.isSparseMapContinued || block.hasSparseSize {
            throw Self.header("sparse map in a member that is not sparse")
        }
    }

    /// Where a GNU long name stands, up to its first NUL; nil for an empty one.
    private static func longName(_ body: UnsafeRawBufferPointer, at start: Int) -> Range<Int>? {
        let count = unsafe body.firstIndex(of: 0) ?? body.count
        return count > 0 ? start..<start + count : nil
    }

    static func header(_ reason: String) -> ArchiveError { .corrupt("tar header", reason: reason) }

    static func badNumber(_ field: String) -> ArchiveError { header("bad number in the \(field) field") }
}
