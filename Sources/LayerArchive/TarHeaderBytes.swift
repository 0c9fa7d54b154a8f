/// The header bytes of one member in one piece, in memory that is used again for the next member.
@safe final class TarHeaderBytes {
    private var storage: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init() {
        unsafe storage = .allocate(byteCount: 8 * TarBlock.byteCount, alignment: 16)
    }

    deinit {
        unsafe storage.deallocate()
    }

    /// All bytes so far; valid until more are appended.
    var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(rebasing: storage.prefix(count)) }

    /// Some of the bytes.
    subscript(range: Range<Int>) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
    }

    func removeAll() {
        count = 0
    }

    func append(_ piece: UnsafeRawBufferPointer) {
        let needed = count + piece.count
        if unsafe needed > storage.count {
            let larger = unsafe UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(needed, 2 * storage.count),
                alignment: 16
            )
            unsafe larger.copyMemory(from: bytes)
            unsafe storage.deallocate()
            unsafe storage = larger
        }
        unsafe UnsafeMutableRawBufferPointer(rebasing: storage[count...]).copyMemory(from: piece)
        count = needed
    }
}
