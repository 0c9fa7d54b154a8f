extension TarMember {
    /// Reads the records of a PAX header, and refuses values that readers would take differently.
    ///
    /// - Parameters:
    ///   - body: The records.
    ///   - start: Where they stand in the bytes of the member's headers.
    /// - Throws: `ArchiveError` for a record that is malformed or not handled.
    mutating func readPaxRecords(_ body: UnsafeRawBufferPointer, at start: Int) throws(ArchiveError) {
        var records = unsafe PaxRecords(body)
        while let (key, value) = unsafe try records.next() {
            guard let first = unsafe key.first else { continue }
            switch first {
            case UInt8(ascii: "p"), UInt8(ascii: "l"), UInt8(ascii: "m"), UInt8(ascii: "s"), UInt8(ascii: "u"),
                UInt8(ascii: "g"):
                unsafe try readStandard(key, value, place: start + offset(of: value, in: body))
            case UInt8(ascii: "G"), UInt8(ascii: "S"), UInt8(ascii: "L"):
                unsafe try readVendor(key, value, place: start + offset(of: value, in: body))
            default: break
            }
        }
    }

    private func offset(of part: UnsafeRawBufferPointer, in whole: UnsafeRawBufferPointer) -> Int {
        guard let start = whole.baseAddress, let place = part.baseAddress else { return 0 }
        return unsafe place - start
    }

    private mutating func readStandard(
        _ key: UnsafeRawBufferPointer,
        _ value: UnsafeRawBufferPointer,
        place: Int
    ) throws(ArchiveError) {
        let range = unsafe value.isEmpty ? nil : place..<place + value.count
        if unsafe Self.matches(key, "path") {
            unsafe try Self.refuseNUL(value)
            path = range
        } else if unsafe Self.matches(key, "linkpath") {
            unsafe try Self.refuseNUL(value)
            linkPath = range
        } else if unsafe Self.matches(key, "size") {
            if unsafe value.first == UInt8(ascii: "-") { throw PaxRecords.malformed("negative size") }
            guard let size = unsafe TarNumber.parseDecimal(value) else { throw PaxRecords.malformed("bad size") }
            byteCount = size
        } else if unsafe Self.matches(key, "mtime") {
            modificationTime = unsafe PaxTime.parse(value)
        } else if unsafe Self.matches(key, "uid") || Self.matches(key, "gid") {
            guard unsafe TarNumber.parseDecimal(value) != nil else { throw PaxRecords.malformed("invalid uid or gid") }
        }
    }

    private mutating func readVendor(
        _ key: UnsafeRawBufferPointer,
        _ value: UnsafeRawBufferPointer,
        place: Int
    ) throws(ArchiveError) {
        if unsafe Self.begins(key, "GNU.sparse.") {
            unsafe try Self.refuseNUL(value)
            isSparse = true
            if unsafe Self.matches(key, "GNU.sparse.name") {
                sparsePath = unsafe value.isEmpty ? nil : place..<place + value.count
            }
            if unsafe Self.matches(key, "GNU.sparse.major") || Self.matches(key, "GNU.sparse.minor") {
                hasMapInBody = true
            }
        } else if unsafe Self.matches(key, "SUN.holesdata") || Self.matches(key, "SCHILY.realsize") {
            throw .unsupported("sparse format")
        } else if unsafe Self.begins(key, "LIBARCHIVE.xattr.") {
            // The name is decoded by libarchive, which would end it at an encoded NUL.
            unsafe try Self.refuseNUL(value)
            if unsafe Self.hasEncodedNUL(key) { throw PaxRecords.malformed("NUL in a name") }
            hasEncodedAttribute = true
        }
    }

    private static func refuseNUL(_ value: UnsafeRawBufferPointer) throws(ArchiveError) {
        if unsafe value.contains(0) { throw PaxRecords.malformed("NUL in a name or number") }
    }

    private static func hasEncodedNUL(_ key: UnsafeRawBufferPointer) -> Bool {
        key.indices.dropLast(2).contains { index in
            unsafe key[index] == UInt8(ascii: "%") && key[index + 1] == 0x30 && key[index + 2] == 0x30
        }
    }

    private static func matches(_ key: UnsafeRawBufferPointer, _ name: StaticString) -> Bool {
        unsafe key.count == name.utf8CodeUnitCount && begins(key, name)
    }

    private static func begins(_ key: UnsafeRawBufferPointer, _ name: StaticString) -> Bool {
        unsafe key.starts(with: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
}
