internal import LayerModel

/// Stands between a source and libarchive, and cuts the stream at the borders of members: headers, body, padding.
///
/// The exact tar can only be made again when it is known which bytes are content (contract L-97), bytes behind the end must be
/// read (L-10), and data behind one zero block must not be passed over unseen (L-12, hazard 52): libarchive tells none of that.
///
/// It gives libarchive all headers of a member in one piece and the bodies as the source has them, without copying, and passes to
/// the raw sink what is not file content. It never gives bytes of the next member, so that a reader and this frame can never
/// drift apart unseen.
@safe final class TarFramer {
    /// What libarchive is doing, which says what its next bytes are.
    enum Phase {
        /// It reads headers, and has got them all.
        case headers
        /// It reads the list of regions that begins the body of a sparse file.
        case map
        /// It reads the body for someone.
        case body
        /// It passes over a body that nobody wants.
        case skipping
    }

    let source: any ByteSource
    let sink: (any RawSink)?
    let limits: ArchiveLimits
    /// What is left of the current chunk of the source.
    var chunk = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    var headersAreNext = false
    var mapByteCount = 0

    let headers = TarHeaderBytes()
    var phase = Phase.headers
    private(set) var member: TarMember
    /// Where the header that every member has stands in the header bytes, once it was met.
    private var lastHeader: Int?
    /// How many bytes were taken from the source.
    var position: Int64 = 0
    /// How many bytes libarchive has got or passed over.
    var handedByteCount: Int64 = 0
    /// How many bytes of whole members libarchive was not shown.
    var unseenByteCount: Int64 = 0
    var bodyLeft: Int64 = 0
    var paddingLeft: Int64 = 0
    /// Why a callback of libarchive failed.
    var failure: (any Error)?
    /// Whether the source itself failed, which is no fault of the tar.
    var sourceFailed = false

    init(_ source: any ByteSource, limits: ArchiveLimits, sink: (any RawSink)?) {
        self.source = source
        self.limits = limits
        self.sink = sink
        member = TarMember(offset: 0)
    }

    /// Reads all headers of the next member.
    ///
    /// - Returns: False at the end of the archive, after everything that follows it was read too.
    func nextMember() throws -> Bool {
        lastHeader = nil
        headers.removeAll()
        var reader = TarHeaderReader(memberAt: position, limits: limits)
        defer { member = reader.member }
        while true {
            guard try appendToHeaders(TarBlock.byteCount, mayEnd: true) else { return try end(after: reader.member) }
            let start = headers.count - TarBlock.byteCount
            let block = unsafe TarBlock(headers[start..<headers.count])
            if block.isZero { return try endAtZeroBlock(after: reader.member) }
            guard block.isChecksumGood else { throw badBlock(at: start) }
            guard TarHeaderReader.isExtension(block) else {
                lastHeader = start
                try reader.readHeader(block)
                try appendSparseBlocks(block)
                break
            }
            let typeFlag = block.typeFlag
            let size = try reader.beginExtension(block)
            _ = try appendToHeaders((size + 511) & ~511, mayEnd: false)
            let body = headers.count - (size + 511) & ~511
            unsafe try reader.readExtension(typeFlag, body: headers[body..<body + size], at: body)
        }
        try begin(reader.member)
        return true
    }

    private func begin(_ member: TarMember) throws {
        headersAreNext = true
        mapByteCount = 0
        bodyLeft = member.bodyByteCount
        paddingLeft = -bodyLeft & 511
        phase = member.hasMapInBody ? .map : .headers
        unsafe try sink?.raw(headers.bytes)
    }

    /// Reads the blocks with further regions that follow the header of an old GNU sparse member.
    private func appendSparseBlocks(_ block: TarBlock) throws {
        guard block.isGNU, block.typeFlag == UInt8(ascii: "S"), block.isSparseMapContinued else { return }
        var regionCount = 4
        var isContinued = true
        while isContinued {
            regionCount += 21
            guard regionCount <= limits.sparseRegionCount + 21 else { throw tooManyRegions }
            _ = try appendToHeaders(TarBlock.byteCount, mayEnd: false)
            isContinued = unsafe headers.bytes[headers.count - 8] != 0
        }
    }

    var tooManyRegions: ArchiveError {
        .limit(.sparseRegions, "too many sparse regions (over \(limits.sparseRegionCount))")
    }

    /// The header that every member has, of the member at hand.
    var lastBlock: TarBlock {
        let start = lastHeader ?? headers.count - TarBlock.byteCount
        return unsafe TarBlock(headers[start..<start + TarBlock.byteCount])
    }

    /// What the headers call the member, as far as they were read: for messages.
    var nameInHeaders: [UInt8]? {
        if let path = member.sparsePath ?? member.path { return unsafe Array(headers[path]) }
        guard let start = lastHeader else { return nil }
        return unsafe Array(TarBlock(headers[start..<start + TarBlock.byteCount]).name)
    }

    private func badBlock(at start: Int) -> ArchiveError {
        let place = position - Int64(headers.count - start)
        if place == 0 { return .corrupt("tar archive", reason: "it does not begin with a tar header") }
        return .checksum("tar header at byte \(place)")
    }
}
