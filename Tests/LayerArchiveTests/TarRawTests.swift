import LayerArchive
import LayerTestKit
import Testing

@Suite("The tar put together again")
struct TarRawTests {
    @Test(
        "L-97: raw bytes and content in the order of the calls are the tar",
        Need.tool("python3"),
        Need.tool("tar"),
        Need.tool("bsdtar"),
        arguments: TarCorpus.all
    )
    func corpora(_ corpus: TarCorpus) throws {
        try expectRecreated(try corpus.make())
    }

    @Test("L-97: the shared tars come back too", Need.shared("images/tar"), arguments: SharedTar.all)
    func shared(_ tar: SharedTar) throws {
        guard tar.refusal == nil else { return }
        try expectRecreated(try tar.bytes())
    }

    private func expectRecreated(_ tar: [UInt8]) throws {
        // Pieces of one byte are slow in a large tar, and say nothing new there.
        let chunkByteCounts = tar.count < 50_000 ? [1, 511, 512, 513, 64 << 10] : [511, 64 << 10]
        for chunkByteCount in chunkByteCounts {
            for readsBodies in [true, false] {
                #expect(throws: Never.self, "chunks of \(chunkByteCount), bodies read: \(readsBodies)") {
                    let again = try TarReading.recreated(tar, chunkByteCount: chunkByteCount, readsBodies: readsBodies)
                    // Compared first: an expectation would print both.
                    let isSame = again == tar
                    #expect(isSame, "chunks of \(chunkByteCount), bodies read: \(readsBodies)")
                }
            }
        }
    }
}
