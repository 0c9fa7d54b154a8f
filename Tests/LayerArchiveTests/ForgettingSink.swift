import LayerArchive

/// Keeps nothing.
final class ForgettingSink: RawSink {
    func raw(_ raw: UnsafeRawBufferPointer) throws {}
    func extent(fileOffset: Int64, byteCount: Int64) throws {}
}
