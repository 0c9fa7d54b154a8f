/// Bytes that are pulled chunk by chunk: a file, a range of one, or the output of a decoder over another source.
///
/// A source is used by one thread at a time.
package protocol ByteSource: AnyObject {
    /// Gives the next bytes.
    ///
    /// - Returns: Bytes that stay valid until the next call; an empty buffer at the end, and at every call after it.
    /// - Throws: What reading or decoding met. After an error every further call throws again.
    func nextChunk() throws -> UnsafeRawBufferPointer

    /// Passes over bytes without reading them, where the source can.
    ///
    /// - Parameter byteCount: How many bytes the caller does not want.
    /// - Returns: How many were passed over, 0 to `byteCount`; the rest is to be read.
    /// - Throws: What seeking met.
    func skip(_ byteCount: Int64) throws -> Int64
}

extension ByteSource {
    /// Reads all that is left.
    ///
    /// - Parameter body: Takes the bytes piece by piece, each valid during the call only.
    /// - Throws: What reading met, and what the body threw.
    package func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        while true {
            let chunk = try nextChunk()
            if chunk.isEmpty { return }
            try body(chunk)
        }
    }

    /// Passes over nothing: most sources cannot.
    package func skip(_ byteCount: Int64) throws -> Int64 { 0 }
}
