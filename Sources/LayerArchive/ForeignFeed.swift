internal import LayerModel

/// Gives the chunks of a source to libarchive as they are, and takes back what a stream left behind its end.
@safe final class ForeignFeed {
    /// More than any filter of libarchive looks ahead for the magic number of a further stream.
    private static let tailCapacity = 64

    private let upstream: any ByteSource
    private(set) var failure: (any Error)?
    private(set) var isAtEnd = false
    /// The chunk that libarchive got last.
    private var chunk = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    /// The last bytes of the chunks before it.
    private var tail: [UInt8] = []
    /// Bytes that are given again before the upstream is asked.
    private let returned: UnsafeMutableRawBufferPointer
    private var pending: [UnsafeRawBufferPointer] = unsafe []
    /// How many bytes were given since the last rewind.
    private var givenByteCount: Int64 = 0

    init(_ upstream: any ByteSource) {
        self.upstream = upstream
        unsafe returned = .allocate(byteCount: Self.tailCapacity, alignment: 1)
    }

    deinit {
        unsafe returned.deallocate()
    }

    /// Gives the next bytes: for libarchive's read callback.
    func give(_ target: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
        do {
            try advance()
            unsafe target.pointee = chunk.baseAddress
            return unsafe chunk.count
        } catch {
            failure = error
            return -1
        }
    }

    /// Goes back to the end of what a decoder used, and passes over zeros there.
    ///
    /// - Parameter usedByteCount: How many of the bytes given since the last rewind were used.
    /// - Returns: Whether bytes follow.
    /// - Throws: What the upstream met.
    func rewind(to usedByteCount: Int64) throws -> Bool {
        let unused = Int(givenByteCount - usedByteCount)
        let ofTail = unsafe max(0, unused - chunk.count)
        guard ofTail <= tail.count else {
            throw ArchiveError.unsupported("stream behind the end of another one")
        }
        unsafe returned.copyBytes(from: tail.suffix(ofTail))
        unsafe pending = [
            UnsafeRawBufferPointer(rebasing: returned.prefix(ofTail)),
            UnsafeRawBufferPointer(rebasing: chunk.suffix(unused - ofTail)),
        ]
        tail = []
        unsafe chunk = UnsafeRawBufferPointer(start: nil, count: 0)
        givenByteCount = 0
        isAtEnd = false
        return try passZeros()
    }

    private func passZeros() throws -> Bool {
        repeat {
            try advance()
            let rest = unsafe UnsafeRawBufferPointer(rebasing: chunk.drop { $0 == 0 })
            guard unsafe !rest.isEmpty else { continue }
            unsafe pending.insert(rest, at: 0)
            unsafe chunk = UnsafeRawBufferPointer(start: nil, count: 0)
            tail = []
            givenByteCount = 0
            return true
        } while !isAtEnd
        return false
    }

    private func advance() throws {
        if unsafe chunk.count >= Self.tailCapacity {
            unsafe tail = Array(chunk.suffix(Self.tailCapacity))
        } else {
            unsafe tail += chunk
            tail.removeFirst(max(0, tail.count - Self.tailCapacity))
        }
        unsafe pending.removeAll { unsafe $0.isEmpty }
        if unsafe pending.isEmpty {
            unsafe chunk = try upstream.nextChunk()
            isAtEnd = unsafe chunk.isEmpty
        } else {
            unsafe chunk = pending.removeFirst()
        }
        unsafe givenByteCount += Int64(chunk.count)
    }
}
