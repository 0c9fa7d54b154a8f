import LayerArchive
package import LayerModel

/// The record on disk.
///
/// ```
/// magic "LAYERCHK", version u32, flags u32 (1: made by an ordinary user)
/// layers u32, for each: nodes u64, their file numbers u64 (0: none, all bits set: not made)
/// owners u32, for each: uid u32, gid u32                    those that the disk refused
/// attributes u32, for each: length u32 and name             likewise
/// XXH3-128 of all that
/// ```
///
/// Numbers are little-endian.
extension CheckoutRecord {
    private static let magic = Array("LAYERCHK".utf8)
    private static let version: UInt32 = 1
    private static let ordinaryUser: UInt32 = 1

    /// The record as bytes, without the time.
    package func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.bytes.reserveCapacity(inodes.reduce(256) { $0 + $1.count * 8 })
        writer.bytes.append(contentsOf: Self.magic)
        writer.write(fixed: Self.version)
        writer.write(fixed: losses.isOrdinaryUser ? Self.ordinaryUser : 0)
        writer.write(fixed: UInt32(inodes.count))
        for layer in inodes {
            writer.write(fixed: UInt64(layer.count))
            for inode in layer { writer.write(fixed: inode) }
        }
        writer.write(fixed: UInt32(losses.owners.count))
        for owner in losses.owners {
            writer.write(fixed: owner.uid)
            writer.write(fixed: owner.gid)
        }
        writer.write(fixed: UInt32(losses.attributes.count))
        for name in losses.attributes {
            writer.write(fixed: UInt32(name.count))
            writer.bytes.append(contentsOf: name)
        }
        let checksum = writer.bytes.withUnsafeBytes { ContentHasher.digest(of: $0) }
        writer.bytes.append(contentsOf: checksum.bytes)
        return writer.bytes
    }

    /// Reads a record.
    ///
    /// - Parameters:
    ///   - bytes: What `encoded` gave.
    ///   - finished: When all files were there.
    ///   - lowers: The layers that the checkout was made of.
    /// - Throws: `TreeError.damagedIndex` for anything but a whole record of these layers.
    package init(_ bytes: [UInt8], finished: Timestamp, of lowers: LowerStack) throws(TreeError) {
        let result: Result<Self, TreeError> = bytes.withUnsafeBytes { bytes in
            do throws(TreeError) {
                return .success(try Self.decode(bytes, finished, lowers.layers.map(\.index.nodes.count)))
            } catch {
                return .failure(error)
            }
        }
        self = try result.get()
    }

    /// Looks whether the bytes of a record are whole; of which layers it is, is not asked.
    ///
    /// - Parameter bytes: What `encoded` gave.
    /// - Throws: `TreeError.damagedIndex` for anything else.
    package static func check(_ bytes: [UInt8]) throws(TreeError) {
        let result: Result<Void, TreeError> = bytes.withUnsafeBytes { bytes in
            do throws(TreeError) {
                _ = try verified(bytes)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    /// The bytes before the checksum, which is right.
    private static func verified(_ bytes: UnsafeRawBufferPointer) throws(TreeError) -> UnsafeRawBufferPointer {
        let end = bytes.count - ContentDigest.byteCount
        guard end > 0 else { throw .damagedIndex("the record of the checkout is too short") }
        let content = UnsafeRawBufferPointer(rebasing: bytes[..<end])
        let checksum = ContentDigest(bytes: UnsafeRawBufferPointer(rebasing: bytes[end...]))
        guard checksum == ContentHasher.digest(of: content) else {
            throw .damagedIndex("the record of the checkout has another checksum")
        }
        return content
    }

    private static func decode(
        _ bytes: UnsafeRawBufferPointer,
        _ finished: Timestamp,
        _ counts: [Int]
    ) throws(TreeError) -> Self {
        var reader = ByteReader(try verified(bytes))
        guard try reader.read(byteCount: magic.count).elementsEqual(magic) else {
            throw .damagedIndex("the record of the checkout begins with something else")
        }
        let found: UInt32 = try reader.readFixed()
        guard found == version else { throw .damagedIndex("the record of the checkout is of version \(found)") }
        var losses = CheckoutLosses()
        losses.isOrdinaryUser = try reader.readFixed(UInt32.self) & ordinaryUser != 0
        let inodes = try readInodes(&reader, counts)
        for _ in 0..<(try reader.readFixed(UInt32.self)) {
            losses.owners.insert(CheckoutLosses.Owner(uid: try reader.readFixed(), gid: try reader.readFixed()))
        }
        for _ in 0..<(try reader.readFixed(UInt32.self)) {
            let count = Int(try reader.readFixed(UInt32.self))
            losses.attributes.insert(Array(try reader.read(byteCount: count)))
        }
        return Self(finished: finished, inodes: inodes, losses: losses)
    }

    private static func readInodes(
        _ reader: inout ByteReader,
        _ counts: [Int]
    ) throws(TreeError) -> [ContiguousArray<UInt64>] {
        guard Int(try reader.readFixed(UInt32.self)) == counts.count else {
            throw .damagedIndex("the record of the checkout is one of other layers")
        }
        var inodes: [ContiguousArray<UInt64>] = []
        for count in counts {
            guard try reader.readFixed(UInt64.self) == UInt64(count) else {
                throw .damagedIndex("the record of the checkout is one of other layers")
            }
            let numbers = try reader.read(byteCount: count * 8)
            inodes.append(
                ContiguousArray(
                    (0..<count).map {
                        UInt64(littleEndian: numbers.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self))
                    }
                )
            )
        }
        return inodes
    }
}
