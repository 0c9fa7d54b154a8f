/// The bytes that a decoder writes to, allocated once.
@safe final class OutputBuffer {
    /// Large enough that calls cost nothing, small enough for the second level of the cache.
    static let byteCount = 256 << 10

    let bytes: UnsafeMutableRawBufferPointer

    init() {
        unsafe bytes = .allocate(byteCount: Self.byteCount, alignment: 64)
    }

    deinit {
        unsafe bytes.deallocate()
    }

    /// The first bytes of the buffer.
    func prefix(_ count: Int) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(rebasing: bytes.prefix(count))
    }
}
