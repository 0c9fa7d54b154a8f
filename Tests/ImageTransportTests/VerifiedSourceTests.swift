import ImageTransport
import LayerArchive
import LayerModel
import LayerTestKit
import Testing

/// Bytes are given out with the promise that their end comes only when all of them are right (contracts L-100, L-102).
@Suite struct VerifiedSourceTests {
    static let bytes = Array("the bytes of a blob, in several chunks".utf8)
    static let subject = TransportError.Subject(file: "f", member: "m")

    private func source(
        _ bytes: [UInt8] = bytes,
        digest: Digest? = Digest.sha256(of: bytes),
        byteCount: Int64? = Int64(bytes.count)
    ) -> VerifiedSource {
        VerifiedSource(
            BytesSource(bytes, chunkByteCount: 7),
            digest: digest,
            byteCount: byteCount,
            subject: Self.subject
        )
    }

    private func read(_ source: VerifiedSource) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let chunk = try source.nextChunk()
            if chunk.isEmpty { return bytes }
            bytes.append(contentsOf: chunk)
        }
    }

    @Test("What is as declared is given out whole, and its end again and again")
    func good() throws {
        let source = source()
        #expect(try read(source) == Self.bytes)
        #expect(try source.nextChunk().isEmpty)
        let result = try source.finish()
        #expect(result.digest == Digest.sha256(of: Self.bytes))
        #expect(result.byteCount == Int64(Self.bytes.count))
    }

    @Test("Finishing reads what nobody has read", arguments: 0..<6)
    func finishing(chunkCount: Int) throws {
        let source = source()
        for _ in 0..<chunkCount { _ = try source.nextChunk() }
        #expect(try source.finish().byteCount == Int64(Self.bytes.count))
    }

    @Test("Where nothing is declared, the digest is found out", arguments: Digest.Algorithm.allCases)
    func undeclared(algorithm: Digest.Algorithm) throws {
        let source = VerifiedSource(
            BytesSource(Self.bytes),
            digest: nil,
            algorithm: algorithm,
            byteCount: nil,
            subject: Self.subject
        )
        #expect(try source.finish().digest == Digest.of(Self.bytes, algorithm))
    }

    @Test(
        "A longer stream is cut off, a shorter one ends with an error, and both do so for ever",
        arguments: [(0, "more"), (1, "more"), (37, "more"), (39, "38"), (1 << 40, "38")]
    )
    func sizes(expected: (byteCount: Int64, found: String)) throws {
        let source = source(byteCount: expected.byteCount)
        for _ in 0..<3 {
            let error = #expect(throws: TransportError.self) { try read(source) }
            #expect(error?.kind == .corrupt)
            #expect(
                error?.description == "f: m: size mismatch: expected \(expected.byteCount) bytes, got \(expected.found)"
            )
        }
        #expect(throws: TransportError.self) { try source.finish() }
    }

    @Test("Another content ends with an error instead of an end")
    func content() throws {
        let wanted = Digest.sha256(of: [0])
        let source = source(digest: wanted)
        for _ in 0..<3 {
            let error = #expect(throws: TransportError.self) { try read(source) }
            #expect(error?.reason == "digest mismatch: expected \(wanted), got \(Digest.sha256(of: Self.bytes))")
        }
        #expect(throws: TransportError.self) { try source.finish() }
    }

    @Test("A source that fails is named, and fails for ever")
    func failing() throws {
        let source = VerifiedSource(FailingSource(), digest: nil, byteCount: nil, subject: Self.subject)
        for _ in 0..<2 {
            let error = #expect(throws: TransportError.self) { try source.finish() }
            #expect(error?.kind == .truncated)
            #expect(error?.description == "f: m: truncated thing")
        }
    }
}

/// A source that gives one chunk and then fails.
private final class FailingSource: ByteSource {
    private let first = BytesSource([1, 2, 3])
    private var isFirst = true

    func nextChunk() throws -> UnsafeRawBufferPointer {
        guard isFirst else { throw ArchiveError.truncated("thing") }
        isFirst = false
        return try first.nextChunk()
    }
}
