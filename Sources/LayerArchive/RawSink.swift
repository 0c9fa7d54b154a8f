/// Takes everything of a tar stream that a reader does not hand out as file content, in the order of the stream.
///
/// The bytes given to `raw` and the content that `extent` stands for, put together in the order of the calls, are exactly the
/// bytes of the source. From them and the files the same tar can be written again.
package protocol RawSink: AnyObject {
    /// Takes header bytes, padding, end blocks, bytes after the end, or a body that nobody read.
    ///
    /// - Parameter bytes: Valid during the call only.
    /// - Throws: What keeping them met; the reader gives it on.
    func raw(_ bytes: UnsafeRawBufferPointer) throws

    /// Says that content of the current entry stands at this place of the stream.
    ///
    /// - Parameters:
    ///   - fileOffset: Where in the file the content belongs, in bytes.
    ///   - byteCount: How many bytes of the file stand here.
    /// - Throws: What keeping it met; the reader gives it on.
    func extent(fileOffset: Int64, byteCount: Int64) throws
}
