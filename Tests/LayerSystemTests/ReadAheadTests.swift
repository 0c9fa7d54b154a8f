import LayerModel
import LayerTestKit
import Testing

@testable import LayerSystem

@Suite("A source that is read ahead") struct ReadAheadTests {
    private struct Refusal: Error {}

    /// Gives some chunks, then fails.
    private final class FailingSource: ByteSource {
        private let upstream: BytesSource

        init(after count: Int) {
            upstream = BytesSource([UInt8](repeating: 7, count: count * 100), chunkByteCount: 100)
        }

        func nextChunk() throws -> UnsafeRawBufferPointer {
            let chunk = try upstream.nextChunk()
            guard !chunk.isEmpty else { throw Refusal() }
            return chunk
        }
    }

    @Test("all bytes come through in order, whatever the pieces", arguments: [1, 7, 4_096, 1 << 20])
    func bytes(chunkByteCount: Int) throws {
        let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let source = try #require(ReadAheadSource(BytesSource(content, chunkByteCount: chunkByteCount)))
        var found: [UInt8] = []
        while true {
            let chunk = try source.nextChunk()
            if chunk.isEmpty { break }
            found.append(contentsOf: chunk)
        }
        #expect(found == content)
        #expect(try source.nextChunk().isEmpty)
    }

    @Test("an error comes after the bytes before it, and again", arguments: [0, 1, 20])
    func failure(chunkCount: Int) throws {
        let source = try #require(ReadAheadSource(FailingSource(after: chunkCount)))
        for _ in 0..<chunkCount { #expect(try source.nextChunk().count == 100) }
        #expect(throws: Refusal.self) { try source.nextChunk() }
        #expect(throws: Refusal.self) { try source.nextChunk() }
    }

    @Test("who takes no more stops the thread, and has the source again")
    func stopping() throws {
        let upstream = BytesSource([UInt8](repeating: 1, count: 1 << 20), chunkByteCount: 64)
        let source = try #require(ReadAheadSource(upstream))
        _ = try source.nextChunk()
        source.close()
        #expect(try !upstream.nextChunk().isEmpty)
        #expect(
            ReadAheadSource(BytesSource([1, 2, 3], chunkByteCount: 1)) != nil,
            "and one that is dropped at once ends"
        )
    }
}
