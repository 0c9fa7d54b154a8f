/// Chunks of bytes on their way from one thread to another: a ring of buffers, each filled and emptied in turn.
///
/// The chunk that was taken last stays where it is until the next one is taken.
///
/// Sendable because all that changes is touched under the lock, and a buffer by the one thread that has it.
@safe
final class ChunkQueue: @unchecked Sendable {  // reason: locked, see above
    private let monitor = Monitor()
    private let bufferCount: Int
    private let buffers: UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>
    private let counts: UnsafeMutableBufferPointer<Int>
    /// How many chunks were put in, and how many were given back after they were taken.
    private var putCount = 0
    private var freedCount = 0
    private var isTaken = false
    private var isEnded = false
    private var isStopped = false
    private var failure: (any Error)?

    /// Makes a ring.
    ///
    /// - Parameter bufferCount: How many chunks may be on their way.
    init(bufferCount: Int) {
        self.bufferCount = bufferCount
        unsafe buffers = .allocate(capacity: bufferCount)
        unsafe buffers.initialize(repeating: UnsafeMutableRawBufferPointer(start: nil, count: 0))
        unsafe counts = .allocate(capacity: bufferCount)
        unsafe counts.initialize(repeating: 0)
    }

    deinit {
        for index in unsafe buffers.indices { unsafe buffers[index].deallocate() }
        unsafe buffers.deallocate()
        unsafe counts.deallocate()
    }

    /// Puts a copy of a chunk in, and waits while the ring is full.
    ///
    /// - Parameter chunk: Bytes; not none.
    /// - Returns: False when nobody wants more.
    func put(_ chunk: UnsafeRawBufferPointer) -> Bool {
        let slot = monitor.locked {
            while putCount - freedCount == bufferCount, !isStopped { monitor.wait() }
            return isStopped ? -1 : putCount % bufferCount
        }
        guard slot >= 0 else { return false }
        if unsafe buffers[slot].count < chunk.count {
            unsafe buffers[slot].deallocate()
            unsafe buffers[slot] = .allocate(byteCount: chunk.count, alignment: 16)
        }
        unsafe buffers[slot].copyMemory(from: chunk)
        unsafe counts[slot] = chunk.count
        monitor.locked {
            putCount += 1
            monitor.signal()
        }
        return true
    }

    /// Says that no more chunks come.
    ///
    /// - Parameter error: Why not, if it is not the end.
    func end(_ error: (any Error)?) {
        monitor.locked {
            isEnded = true
            failure = error
            monitor.signal()
        }
    }

    /// Takes the next chunk, and waits until there is one.
    ///
    /// - Returns: Bytes that stay until the next call; none at the end.
    /// - Throws: What `end` was given.
    func take() throws -> UnsafeRawBufferPointer {
        let slot = monitor.locked {
            if isTaken {
                isTaken = false
                freedCount += 1
                monitor.signal()
            }
            while putCount == freedCount, !isEnded { monitor.wait() }
            isTaken = putCount > freedCount
            return isTaken ? freedCount % bufferCount : -1
        }
        if slot >= 0 { return unsafe UnsafeRawBufferPointer(rebasing: buffers[slot][..<counts[slot]]) }
        if let failure { throw failure }
        return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// Says that nobody wants more.
    func stop() {
        monitor.locked {
            isStopped = true
            monitor.signal()
        }
    }
}
