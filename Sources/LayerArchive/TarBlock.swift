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
    var isUstar: Bool { unsafe field(257, 6).elementsEqual([0x75, 0x73, 0x74, 0x61, 0x72, 0]) }

    var mode: Int64? { unsafe TarNumber.parse(field(100, 8)) }
    var uid: Int64? { unsafe TarNumber.parse(field(108, 8)) }
    var gid: Int64? { unsafe TarNumber.parse(field(116, 8)) }
    var size: Int64? { unsafe TarNumber.parse(field(124, 12)) }
    var deviceMajor: Int64? { unsafe TarNumber.parse(field(329, 8)) }
    var deviceMinor: Int64? { unsafe TarNumber.parse(field(337, 8)) }

    var isGNU: Bool { unsafe field(257, 8).elementsEqual([0x75, 0x73, 0x74, 0x61, 0x72, 0x20, 0x20, 0]) }

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
        let isOctal = unsafe stored.allSatisfy { $0 == 0x20 || $0 == 0 || (0x30...0x37).contains($0) }
        guard isOctal, let expected = unsafe TarNumber.parse(stored) else { return false }
        var sum: UInt32 = 0
        var highCount: UInt32 = 0
        for index in unsafe bytes.indices {
            let byte = unsafe bytes[index]
            sum &+= UInt32(byte)
            highCount &+= UInt32(byte >> 7)
        }
        for index in stored.indices {
            let byte = unsafe stored[index]
            sum &+= 0x20 &- UInt32(byte)
        }
        return expected == Int64(sum) || expected == Int64(sum) - 256 * Int64(highCount)
    }

    private func field(_ start: Int, _ count: Int) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<start + count])
    }

    private func text(_ start: Int, _ count: Int) -> UnsafeRawBufferPointer {
        let whole = unsafe field(start, count)
        return unsafe UnsafeRawBufferPointer(rebasing: whole.prefix { $0 != 0 })
    }
}
