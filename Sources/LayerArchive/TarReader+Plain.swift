internal import LayerModel

extension TarReader {
    /// Takes what a scan wants from the headers of a member that libarchive does not see.
    func takePlainFields() throws {
        let member = framer.member
        let block = framer.lastBlock
        unsafe fields.name = place(member.path ?? member.gnuPath) ?? joinedName(of: block)
        isNamed = true
        fields.kind = member.kind
        let isLink = kind == .hardLink || kind == .symbolicLink
        unsafe fields.linkName =
            isLink
            ? place(member.linkPath ?? member.gnuLinkPath) ?? Self.bytes(block.linkName)
            : Self.bytes(.init(start: nil, count: 0))
        (fields.mode, fields.uid, fields.gid, fields.modificationTime) = (0, 0, 0, Timestamp(seconds: 0))
        if !member.hasPaxHeader {
            // Not wanted, but what reading would refuse is refused here too; PAX records may say another owner.
            _ = try owner(member.uid, "uid")
            _ = try owner(member.gid, "gid")
        }
        let isDevice = kind == .characterDevice || kind == .blockDevice
        fields.device =
            isDevice
            ? try deviceNumber(major: block.deviceMajor, minor: block.deviceMinor) : DeviceNumber(major: 0, minor: 0)
        fields.byteCount = kind == .regular ? framer.bodyLeft : 0
        try takeDirectoryOfOldForm()
    }

    /// The name in a header: in the ustar form what does not fit stands in a field of its own.
    private func joinedName(of block: TarBlock) -> UnsafeBufferPointer<UInt8> {
        let prefix = unsafe block.isUstar ? block.prefix : UnsafeRawBufferPointer(start: nil, count: 0)
        guard unsafe !prefix.isEmpty else { return unsafe Self.bytes(block.name) }
        joinedName.removeAll()
        unsafe joinedName.append(prefix)
        if unsafe prefix.last != UInt8(ascii: "/") {
            unsafe withUnsafeBytes(of: UInt8(ascii: "/")) { unsafe joinedName.append($0) }
        }
        unsafe joinedName.append(block.name)
        return unsafe Self.bytes(joinedName.bytes)
    }

    private static func bytes(_ raw: UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt8> {
        unsafe raw.bindMemory(to: UInt8.self)
    }
}
