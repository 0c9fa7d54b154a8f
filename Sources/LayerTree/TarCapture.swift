import LayerArchive

/// Keeps what is needed to write the exact tar again while it is read: all bytes that no file will hold, and where files' bytes go.
final class TarCapture: RawSink {
    /// File bytes in the tar, and how many raw bytes stand before them.
    struct Item {
        let rawByteCount: Int64
        let inode: InodeID
        let fileOffset: Int64
        var byteCount: Int64
    }

    /// The file bytes, in the order of the tar.
    private(set) var items: ContiguousArray<Item> = []
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
        if pendingRawByteCount == 0, let last = items.last, last.inode == inode,
            last.fileOffset + last.byteCount == fileOffset
        {
            items[items.count - 1].byteCount += byteCount
            return
        }
        items.append(
            Item(rawByteCount: pendingRawByteCount, inode: inode, fileOffset: fileOffset, byteCount: byteCount)
        )
        pendingRawByteCount = 0
    }
}
