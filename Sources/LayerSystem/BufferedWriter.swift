internal import Synchronization

/// Collects output and writes it in large pieces; threads may share it.
///
/// What is not flushed when the process ends is lost: the program flushes as its last step, and reports what that met.
package final class BufferedWriter: Sendable {
    /// The descriptor that is written.
    package let descriptor: FileDescriptor
    /// What messages call it.
    package let label: String

    private let bufferByteCount: Int
    private let buffer: Mutex<[UInt8]>

    /// Makes a writer over a descriptor that stays open.
    ///
    /// - Parameters:
    ///   - descriptor: The descriptor.
    ///   - label: What messages call it.
    ///   - bufferByteCount: How much is collected before it is written; 0 writes at once.
    package init(_ descriptor: FileDescriptor, label: String, bufferByteCount: Int) {
        self.descriptor = descriptor
        self.label = label
        self.bufferByteCount = bufferByteCount
        buffer = Mutex([])
    }

    /// Adds bytes.
    ///
    /// - Parameter bytes: What is to be written.
    /// - Throws: `SystemError` of `write`; `isBrokenPipe` when nobody reads any more.
    package func write(_ bytes: some Sequence<UInt8>) throws(SystemError) {
        try buffer.withLock { pending throws(SystemError) in
            pending.append(contentsOf: bytes)
            if pending.count >= bufferByteCount { try drain(&pending) }
        }
    }

    /// Adds a text as UTF-8.
    ///
    /// - Parameter text: What is to be written.
    /// - Throws: `SystemError` of `write`; `isBrokenPipe` when nobody reads any more.
    package func write(_ text: String) throws(SystemError) {
        try write(text.utf8)
    }

    /// Writes what is collected.
    ///
    /// - Throws: `SystemError` of `write`; what could not be written is dropped, so that a second try does not repeat a part.
    package func flush() throws(SystemError) {
        try buffer.withLock { pending throws(SystemError) in try drain(&pending) }
    }

    private func drain(_ pending: inout [UInt8]) throws(SystemError) {
        defer { pending.removeAll(keepingCapacity: true) }
        do {
            try unsafe pending.withUnsafeBufferPointer { bytes throws(SystemError) in
                try unsafe descriptor.writeAll(UnsafeRawBufferPointer(bytes))
            }
        } catch {
            throw error.naming("write", label)
        }
    }
}
