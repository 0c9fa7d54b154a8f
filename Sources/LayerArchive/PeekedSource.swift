internal import LayerModel

/// A source whose first bytes can be looked at before it is read.
@safe final class PeekedSource: ByteSource {
    private static let headCapacity = 16

    private let upstream: any ByteSource
    /// First bytes that came in more than one chunk: given out before the rest.
    private let head: UnsafeMutableRawBufferPointer
    private var headCount = 0
    /// How many bytes were given so far.
    private(set) var byteCount: Int64 = 0
    /// What is left of the chunk that was looked at last; valid until the upstream is asked again.
    private var rest = unsafe UnsafeRawBufferPointer(start: nil, count: 0)

    init(_ upstream: any ByteSource) {
        self.upstream = upstream
        unsafe head = .allocate(byteCount: Self.headCapacity, alignment: 1)
    }

    deinit {
        unsafe head.deallocate()
    }

    /// Gives the first bytes without taking them: fewer than asked for only when the source has no more.
    ///
    /// To be called once, before the first chunk is taken; for at most 16 bytes.
    func peek(_ byteCount: Int) throws -> [UInt8] {
        unsafe rest = try upstream.nextChunk()
        if unsafe rest.count >= byteCount { return unsafe Array(rest.prefix(byteCount)) }
        while headCount < byteCount, unsafe !rest.isEmpty {
            let taken = unsafe min(rest.count, byteCount - headCount)
            unsafe UnsafeMutableRawBufferPointer(rebasing: head[headCount...]).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: rest.prefix(taken))
            )
            headCount += taken
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(taken))
            if headCount < byteCount { unsafe rest = try upstream.nextChunk() }
        }
        return unsafe Array(head.prefix(headCount))
    }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        let chunk = unsafe try uncountedChunk()
        byteCount += Int64(chunk.count)
        return unsafe chunk
    }

    private func uncountedChunk() throws -> UnsafeRawBufferPointer {
        if headCount > 0 {
            let given = unsafe UnsafeRawBufferPointer(rebasing: head.prefix(headCount))
            headCount = 0
            return unsafe given
        }
        if unsafe !rest.isEmpty {
            let given = unsafe rest
            unsafe rest = UnsafeRawBufferPointer(start: nil, count: 0)
            return unsafe given
        }
        return unsafe try upstream.nextChunk()
    }

    func skip(_ byteCount: Int64) throws -> Int64 {
        guard headCount == 0 else { return 0 }
        let taken = unsafe min(Int64(rest.count), byteCount)
        unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(Int(taken)))
        return taken < byteCount ? taken + (try upstream.skip(byteCount - taken)) : taken
    }
}
