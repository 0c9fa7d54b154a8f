import LayerArchive

/// A section of the index on its way to the file, in pieces: none is ever whole in memory that is longer than one.
final class IndexSectionWriter {
    /// From how many bytes on what was written is passed on.
    private static let pieceByteCount = 128 << 10

    /// What was written and not passed on yet.
    var output = ByteWriter()
    /// How many bytes were passed on, before compression.
    private(set) var byteCount: Int64 = 0
    private let level: Int32?
    private let sink: (UnsafeRawBufferPointer) throws -> Void
    private var encoder: ZstdStreamEncoder?

    /// Starts a section.
    ///
    /// - Parameters:
    ///   - level: The level of zstd, or nil for a section that is not compressed.
    ///   - sink: Takes the bytes for the file, valid during the call only.
    init(level: Int32?, _ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) {
        self.level = level
        self.sink = sink
    }

    /// Passes on what was written if it is a piece by now: to be called now and then.
    func passOn() throws {
        guard output.bytes.count >= Self.pieceByteCount else { return }
        if encoder == nil, let level { encoder = ZstdStreamEncoder(level: level) }
        try flush()
    }

    /// Ends the section.
    func finish() throws {
        // A short section is one piece: its encoder takes no more memory than that needs.
        if encoder == nil, let level {
            encoder = ZstdStreamEncoder(level: level, contentByteCount: output.bytes.count)
        }
        try flush()
        try encoder?.finish(into: sink)
    }

    private func flush() throws {
        byteCount += Int64(output.bytes.count)
        try output.bytes.withUnsafeBytes { bytes in
            if let encoder { try encoder.write(bytes, into: sink) } else { try sink(bytes) }
        }
        output.bytes.removeAll(keepingCapacity: true)
    }
}
