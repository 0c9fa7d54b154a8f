import LayerArchive
import LayerModel
import LayerTestKit
import Testing

@Suite("Digests")
struct DigestTests {
    @Test(
        "L-141, L-143, L-144: the fixed digests of the image specification",
        arguments: [
            ([UInt8](repeating: 0, count: 1024), "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"),
            ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (Array("{}".utf8), "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"),
        ] as [([UInt8], String)]
    )
    func vectors(_ bytes: [UInt8], _ hex: String) throws {
        #expect(Digest.sha256(of: bytes).hex == hex)
        let tap = DigestTap(BytesSource(bytes, chunkByteCount: 7))
        let (digest, byteCount) = try tap.finish()
        #expect(digest.hex == hex)
        #expect(byteCount == Int64(bytes.count))
    }

    @Test("L-142: Docker's 32 bytes of gzip hold the empty tar")
    func dockerEmptyLayer() throws {
        let gzip: [UInt8] = [
            31, 139, 8, 0, 0, 9, 110, 136, 0, 255, 98, 24, 5, 163, 96, 20, 140, 88, 0, 8, 0, 0, 255, 255, 46, 175, 181,
            239,
            0, 4, 0, 0,
        ]
        #expect(Digest.sha256(of: gzip).hex == "a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4")
        let tar = try TarReading.bytes(of: Decompressor(BytesSource(gzip)))
        #expect(Digest.sha256(of: tar).hex == "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef")
        #expect(try TarReading.entries(tar).isEmpty)
    }

    @Test("L-140: the chain of the two layers of the specification's example")
    func chain() throws {
        let diffIDs = try [
            "sha256:c6f988f4874bb0add23a778f753c65efe992244e148a1d2ec2a8b664fb66bbd1",
            "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
        ].map { DiffID(try Digest(parsing: $0)) }
        let chain = ChainID.of(diffIDs)
        #expect(
            chain.map(\.description) == [
                diffIDs[0].description,
                "sha256:c3191d32a37d7159b2e30830937d2e30268ad6c375a773a8994911a3aba9b93f",
            ]
        )
        #expect(ChainID.of([]).isEmpty)
    }

    @Test("SHA-512 is known too")
    func sha512() {
        let digest = Digest.of(Array("abc".utf8), .sha512)
        #expect(digest.hex.hasPrefix("ddaf35a193617abacc417349ae204131"))
        #expect(digest.bytes.count == 64)
    }

    @Test("A tap passes on what it hashes, and finishes what nobody read")
    func tap() throws {
        let bytes = Array("one two three".utf8)
        let tap = DigestTap(BytesSource(bytes, chunkByteCount: 4), algorithm: .sha512)
        #expect(Array(try tap.nextChunk()) == Array("one ".utf8))
        #expect(tap.byteCount == 4)
        #expect(try tap.finish().digest == Digest.of(bytes, .sha512))
    }
}
