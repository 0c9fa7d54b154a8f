import LayerArchive

/// Puts a tar together again from what a reader gives to its raw sink and as content.
final class RawRecorder: RawSink {
    private(set) var bytes: [UInt8] = []
    /// Content that was read and not yet placed.
    var content: [UInt8] = []
    private(set) var extentByteCount = 0

    func raw(_ raw: UnsafeRawBufferPointer) throws {
        bytes += raw
    }

    func extent(fileOffset: Int64, byteCount: Int64) throws {
        bytes += content.prefix(Int(byteCount))
        content.removeFirst(Int(byteCount))
        extentByteCount += Int(byteCount)
    }
}
