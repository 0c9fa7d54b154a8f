import LayerModel

/// A compression whose streams are frames, which a library decodes piece by piece.
protocol FrameCodec: AnyObject {
    /// What errors call a stream.
    var streamName: String { get }
    /// Whether zeros may stand behind a frame.
    var takesPadding: Bool { get }

    /// Decodes a part.
    ///
    /// - Parameters:
    ///   - input: What comes next; it may be empty while the library holds back what it has decoded.
    ///   - output: Where the result goes.
    /// - Returns: What became of both.
    /// - Throws: `ArchiveError` for what is damaged.
    func decode(_ input: UnsafeRawBufferPointer, to output: UnsafeMutableRawBufferPointer) throws -> FrameProgress
}

/// What a step of decoding did.
struct FrameProgress {
    /// How much of the input was taken.
    let consumedByteCount: Int
    /// How much of the output was filled.
    let producedByteCount: Int
    /// Whether a frame has begun and not ended.
    let isInFrame: Bool
}

/// Decodes all frames of a stream.
@safe final class FrameDecoder<Codec: FrameCodec>: ByteSource {
    private let upstream: any ByteSource
    private let codec: Codec
    private let output = OutputBuffer()
    /// What is left of the current chunk of the upstream.
    private var input = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    private var isInFrame = false
    private var isBehindFrame = false
    /// Whether the output was too small for what the library has decoded.
    private var hasPendingOutput = false
    private var isAtEnd = false

    /// Decodes a source.
    ///
    /// - Parameters:
    ///   - upstream: The frames.
    ///   - codec: What decodes them.
    init(_ upstream: any ByteSource, _ codec: Codec) {
        self.upstream = upstream
        self.codec = codec
    }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        var filled = 0
        while !isAtEnd, filled < OutputBuffer.byteCount {
            if unsafe input.isEmpty, !hasPendingOutput {
                unsafe input = try upstream.nextChunk()
                if unsafe input.isEmpty {
                    if isInFrame { throw ArchiveError.truncated(codec.streamName) }
                    isAtEnd = true
                    break
                }
            }
            if codec.takesPadding, isBehindFrame, !isInFrame {
                unsafe input = UnsafeRawBufferPointer(rebasing: input.drop { $0 == 0 })
                if unsafe input.isEmpty { continue }
            }
            filled += try step(at: filled)
        }
        return unsafe output.prefix(filled)
    }

    /// Decodes some bytes to a place in the output, and gives their count.
    private func step(at offset: Int) throws -> Int {
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: output.bytes.dropFirst(offset))
        let progress = unsafe try codec.decode(input, to: room)
        unsafe input = UnsafeRawBufferPointer(rebasing: input.dropFirst(progress.consumedByteCount))
        isInFrame = progress.isInFrame
        isBehindFrame = isBehindFrame || !isInFrame
        hasPendingOutput = isInFrame && progress.producedByteCount == room.count
        return progress.producedByteCount
    }
}
