internal import CLinux
internal import LayerModel

/// A pipe, or anything that can only be read from front to back, as a source of bytes.
@safe
package final class StreamSource: ByteSource {
    private let file: File
    private let buffer: UnsafeMutableRawBufferPointer
    private var isWaitedFor = false
    private var isAtEnd = false

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - file: What is read, from its own offset on.
    ///   - chunkByteCount: The most that is read at once.
    package init(_ file: File, chunkByteCount: Int = 256 << 10) {
        self.file = file
        unsafe buffer = .allocate(byteCount: chunkByteCount, alignment: 16)
    }

    deinit {
        unsafe buffer.deallocate()
    }

    /// Reads what is there, and waits when nothing is.
    package func nextChunk() throws -> UnsafeRawBufferPointer {
        if !isWaitedFor {
            // A FIFO whose writer has not come yet would read as empty, having been opened without waiting.
            try SystemCall.run("poll", file.label) { cl_poll_readable(file.descriptor.rawValue) }
            isWaitedFor = true
        }
        // After its end a terminal would be asked again.
        let count = isAtEnd ? 0 : try unsafe file.read(into: buffer)
        if count == 0 { isAtEnd = true }
        return unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }
}
