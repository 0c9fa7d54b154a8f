import LayerArchive

/// Keeps what is needed to write the exact tar again while it is read: all bytes that no file will hold, and where files' bytes go.
final class TarCapture: RawSink {
    /// File bytes in the tar, and how many raw bytes stand before them.
    struct Item: Equatable {
        let rawByteCount: Int64
        let inode: InodeID
        let fileOffset: Int64
        var byteCount: Int64
    }

    /// The items but for the last, in the order of the tar: four variable numbers each, of the inode how far it is from the one before.
    private var log = SegmentedTable<UInt8>(firstBit: 12)
    private var loggedInode = InodeID(index: 0)
    /// The last item, which may still grow.
    private var last: Item?
    private var scratch = ByteWriter()
    /// Raw bytes since the last item.
    private(set) var pendingRawByteCount: Int64 = 0
    /// All raw bytes so far.
    private(set) var rawByteCount: Int64 = 0
    /// The inode that file bytes belong to: whoever reads a body says so before.
    var inode = InodeID.vacant
    private let file: IndexFile

    /// Writes the raw bytes into an index file.
    init(file: IndexFile) {
        self.file = file
    }

    /// Takes bytes that stand in no file.
    func raw(_ bytes: UnsafeRawBufferPointer) throws {
        guard !bytes.isEmpty else { return }
        pendingRawByteCount += Int64(bytes.count)
        rawByteCount += Int64(bytes.count)
        try file.appendRaw(bytes)
    }

    /// Takes note of bytes that stand in the current file.
    func extent(fileOffset: Int64, byteCount: Int64) throws {
        guard byteCount > 0 else { return }
        if let item = last {
            if pendingRawByteCount == 0, item.inode == inode, item.fileOffset + item.byteCount == fileOffset {
                last?.byteCount += byteCount
                return
            }
            write(item)
        }
        last = Item(rawByteCount: pendingRawByteCount, inode: inode, fileOffset: fileOffset, byteCount: byteCount)
        pendingRawByteCount = 0
    }

    private func write(_ item: Item) {
        scratch.bytes.removeAll(keepingCapacity: true)
        scratch.write(UInt64(item.rawByteCount))
        scratch.write(signed: Int64(item.inode.index) - Int64(loggedInode.index))
        scratch.write(UInt64(item.fileOffset))
        scratch.write(UInt64(item.byteCount))
        for byte in scratch.bytes { log.append(byte) }
        loggedInode = item.inode
    }

    /// Calls with the items, in the order of the tar.
    func forEachItem(_ body: (Item) throws -> Void) throws {
        var position = 0
        var inode: Int64 = 0
        while position < log.count {
            let rawByteCount = readNumber(&position)
            let step = readNumber(&position)
            inode += Int64(bitPattern: step >> 1) ^ -Int64(bitPattern: step & 1)
            try body(
                Item(
                    rawByteCount: Int64(rawByteCount),
                    inode: InodeID(index: Int32(inode)),
                    fileOffset: Int64(readNumber(&position)),
                    byteCount: Int64(readNumber(&position))
                )
            )
        }
        if let last { try body(last) }
    }

    private func readNumber(_ position: inout Int) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = log[position]
            position += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
    }
}
