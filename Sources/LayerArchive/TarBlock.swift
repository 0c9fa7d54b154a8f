/// One block of 512 bytes that begins a member of a tar.
///
/// Source: POSIX `pax` "ustar Interchange Format"; `tar(5)` of libarchive for the GNU fields.
@safe struct TarBlock {
    static let byteCount = 512

    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.bytes = bytes
    }

    /// What kind of member it is.
    var typeFlag: UInt8 { unsafe bytes[156] }
    /// The name field up to its first NUL.
    var name: UnsafeRawBufferPointer { unsafe text(0, 100) }

    /// The field of a link's target up to its first NUL.
    var linkName: UnsafeRawBufferPointer { unsafe text(157, 100) }
    /// What stands before the name in the ustar form, up to its first NUL.
    var prefix: UnsafeRawBufferPointer { unsafe text(345, 155) }
    /// Whether the header is of the ustar form.
    ///
    /// "ustar" and a NUL, before the version.
    var isUstar: Bool {
        unsafe bytes.loadUnaligned(fromByteOffset: 257, as: UInt64.self).littleEndian & 0xffff_ffff_ffff
            == 0x00_7261_7473_75
    }

    var mode: Int64? { unsafe TarNumber.parse(field(100, 8)) }
    var uid: Int64? { unsafe TarNumber.parse(field(108, 8)) }
    var gid: Int64? { unsafe TarNumber.parse(field(116, 8)) }
    var size: Int64? { unsafe TarNumber.parse(field(124, 12)) }
    var deviceMajor: Int64? { unsafe TarNumber.parse(field(329, 8)) }
    var deviceMinor: Int64? { unsafe TarNumber.parse(field(337, 8)) }

    /// "ustar", two blanks and a NUL.
    var isGNU: Bool {
        unsafe bytes.loadUnaligned(fromByteOffset: 257, as: UInt64.self).littleEndian == 0x00_2020_7261_7473_75
    }

    /// Whether the access and change times of a GNU header are numbers.
    var hasGoodGNUTimes: Bool {
        unsafe TarNumber.parse(field(345, 12)) != nil && TarNumber.parse(field(357, 12)) != nil
    }
    /// Whether a GNU header lists regions of a sparse file.
    var hasSparseMap: Bool { unsafe bytes[386] != 0 }
    /// Whether blocks with more regions follow the GNU header.
    var isSparseMapContinued: Bool { unsafe bytes[482] != 0 }
    /// Whether the GNU header gives the length of a sparse file.
    var hasSparseSize: Bool { unsafe bytes[483] != 0 }

    /// Whether all bytes are 0: a block of the end of an archive.
    var isZero: Bool { unsafe bytes[0] == 0 && bytes.allSatisfy { $0 == 0 } }

    /// Whether the checksum fits, counted with unsigned or, as some old programs did, with signed bytes.
    var isChecksumGood: Bool {
        let stored = unsafe field(148, 8)
        guard let expected = unsafe TarNumber.parseChecksum(stored) else { return false }
        // Four lanes of 16 bits take the sums of even and of odd bytes: 64 words of at most 2 · 255 a lane do not overflow them.
        let even: UInt64 = 0x00ff_00ff_00ff_00ff
        var lanes: UInt64 = 0
        guard let start = unsafe bytes.baseAddress, unsafe bytes.count == Self.byteCount else { return false }
        for word in 0..<(Self.byteCount / 8) {
            let eight = unsafe start.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
            lanes &+= (eight & even) &+ (eight >> 8 & even)
        }
        var sum = (0..<4).reduce(UInt32(0)) { $0 &+ UInt32(truncatingIfNeeded: lanes >> ($1 * 16) & 0xffff) }
        // The field counts as if it held blanks. Its own sum has no more than eight bytes.
        let own = unsafe UInt64(bigEndian: stored.loadUnaligned(as: UInt64.self))
        let pairs = (own & even) &+ (own >> 8 & even)
        sum = sum &+ 8 * 0x20 &- UInt32(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) >> 48)
        return expected == Int64(sum) || expected == Int64(sum) - 256 * highByteCount
    }

    /// How many bytes are negative when they count as signed; the checksum's own are digits.
    private var highByteCount: Int64 {
        unsafe bytes.reduce(0) { $0 + Int64($1 >> 7) }
    }

    private func field(_ start: Int, _ count: Int) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<start + count])
    }

    private func text(_ start: Int, _ count: Int) -> UnsafeRawBufferPointer {
        let whole = unsafe field(start, count)
        return unsafe UnsafeRawBufferPointer(rebasing: whole[..<endOfText(in: whole)])
    }

    /// Where the first NUL of a field stands, or its end: looked for in eight bytes at a time, as most names are long.
    private func endOfText(in field: UnsafeRawBufferPointer) -> Int {
        var index = 0
        while index + 8 <= field.count {
            let eight = unsafe UInt64(littleEndian: field.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            // The high bit of each byte that is 0, and of some above the first of those.
            let zeros = (eight &- 0x0101_0101_0101_0101) & ~eight & 0x8080_8080_8080_8080
            if zeros != 0 { return index + zeros.trailingZeroBitCount / 8 }
            index += 8
        }
        while unsafe index < field.count && field[index] != 0 { index += 1 }
        return index
    }
}
