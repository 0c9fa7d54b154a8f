/// Collects small pieces and writes them to the end of a file in large ones.
///
/// Used by one thread at a time. What is not flushed is lost: `flush()` is the last call.
package final class FileAppender {
    /// The file that is written.
    package let file: File
    /// Where the next byte will stand in the file.
    package private(set) var offset: Int64

    private var buffer: [UInt8] = []
    private let bufferByteCount: Int

    /// Begins to write.
    ///
    /// - Parameters:
    ///   - file: A file opened for writing.
    ///   - offset: Where the first byte goes.
    ///   - bufferByteCount: How much is collected before it is written.
    package init(_ file: File, at offset: Int64 = 0, bufferByteCount: Int = 256 << 10) {
        self.file = file
        self.offset = offset
        self.bufferByteCount = bufferByteCount
        buffer.reserveCapacity(bufferByteCount)
    }

    /// Adds bytes.
    package func append(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        if buffer.count + bytes.count > bufferByteCount { try flush() }
        if bytes.count >= bufferByteCount {
            try unsafe file.write(bytes, at: offset)
        } else {
            unsafe buffer.append(contentsOf: bytes)
        }
        offset += Int64(bytes.count)
    }

    /// Adds bytes.
    package func append(_ bytes: [UInt8]) throws(SystemError) {
        try unsafe bytes.withUnsafeBufferPointer { pointer throws(SystemError) in
            try unsafe append(UnsafeRawBufferPointer(pointer))
        }
    }

    /// Writes what is collected.
    package func flush() throws(SystemError) {
        guard !buffer.isEmpty else { return }
        let start = offset - Int64(buffer.count)
        try unsafe buffer.withUnsafeBufferPointer { bytes throws(SystemError) in
            try unsafe file.write(UnsafeRawBufferPointer(bytes), at: start)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
