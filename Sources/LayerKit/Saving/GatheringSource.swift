import LayerModel

/// The bytes of another source in large pieces: small ones are put together, large ones passed on.
///
/// A tar that is made again comes as a header, a file, a header; a thread that hands on each of them costs more than the bytes.
final class GatheringSource: ByteSource {
    private static let capacity = 256 << 10
    /// From this length on a piece is not copied.
    private static let largeByteCount = 64 << 10

    private let upstream: any ByteSource
    private var held: UnsafeRawBufferPointer?
    private let storage = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 64)

    init(_ upstream: any ByteSource) {
        self.upstream = upstream
    }

    deinit {
        storage.deallocate()
    }

    /// Gives the next piece.
    func nextChunk() throws -> UnsafeRawBufferPointer {
        if let held {
            self.held = nil
            return held
        }
        var count = 0
        while true {
            let chunk = try upstream.nextChunk()
            if chunk.isEmpty { break }
            if chunk.count >= Self.largeByteCount || count + chunk.count > Self.capacity {
                if count == 0 { return chunk }
                // It stays where it is until the upstream is asked again, which is after it has been given out.
                held = chunk
                break
            }
            UnsafeMutableRawBufferPointer(rebasing: storage[count...]).copyMemory(from: chunk)
            count += chunk.count
        }
        return UnsafeRawBufferPointer(rebasing: storage[..<count])
    }
}
