package import LayerModel

/// The bytes of another source, read by a thread of its own ahead of whoever takes them.
///
/// For a source that computes, so that its work and the taker's go on at once: it costs a thread and a copy of all bytes.
@safe
package final class ReadAheadSource: ByteSource {
    /// Enough that neither side waits for the other's every chunk.
    private static let bufferCount = 8

    /// Sendable because the thread alone has the source until it is joined.
    private struct Upstream: @unchecked Sendable {  // reason: see above
        let source: any ByteSource
    }

    private let queue = ChunkQueue(bufferCount: bufferCount)
    private let thread: WorkerThread
    private var isJoined = false

    /// Starts to read.
    ///
    /// Gives nil when no thread can be had.
    ///
    /// - Parameter upstream: The source; nobody else may touch it until `close()`.
    package init?(_ upstream: any ByteSource) {
        let (queue, upstream) = (queue, Upstream(source: upstream))
        guard let thread = WorkerThread.start({ Self.read(upstream.source, into: queue) }) else { return nil }
        self.thread = thread
    }

    deinit {
        close()
    }

    /// Gives the next bytes, and waits until they are there.
    package func nextChunk() throws -> UnsafeRawBufferPointer {
        unsafe try queue.take()
    }

    /// Stops reading and waits for the thread: the source is the caller's again.
    package func close() {
        guard !isJoined else { return }
        isJoined = true
        queue.stop()
        thread.join()
    }

    private static func read(_ source: any ByteSource, into queue: ChunkQueue) {
        do {
            while true {
                let chunk = unsafe try source.nextChunk()
                if unsafe chunk.isEmpty { return queue.end(nil) }
                guard unsafe queue.put(chunk) else { return }
            }
        } catch {
            queue.end(error)
        }
    }
}
