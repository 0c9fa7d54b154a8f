import LayerArchive
import LayerModel
import LayerTestKit
import Testing

/// What libarchive does without the own code beside it, seen through its own program.
///
/// A test that fails here with a later libarchive says that own code may go, not that something is broken: so they run with the
/// version that was looked at only.
@Suite(
    "libarchive alone",
    .enabled(if: Tool.version(of: "bsdtar").contains("libarchive 3.6."), "needs bsdtar of libarchive 3.6")
)
struct LibarchiveTests {
    @Test("It takes these without a complaint: why headers are read here too", arguments: refused)
    func acceptance(_ tar: RefusedTar) {
        let isAccepted = Tool.accepts("bsdtar", ["-tf", "-"], input: tar.bytes)
        #expect(isAccepted)
    }

    private static let refused = TarRefusalTests.refused.filter(\.isPassedByLibarchive)

    @Test("L-26: it loses the sign of a fraction before the epoch: why PAX times are read here", Need.tool("python3"))
    func times() throws {
        var tar = RawTar()
        tar.addPax([("mtime", "-0.5")])
        tar.addFile("f")
        tar.addZeroBlocks()
        let theirs = try #require(try TarOracle.bsdTar(tar.bytes).first)
        #expect(theirs.seconds == 0 && theirs.nanoseconds == 500_000_000)
        let ours = try #require(try TarReading.entries(tar.bytes).first)
        #expect(ours.modificationTime == Timestamp(seconds: -1, nanoseconds: 500_000_000))
    }

    @Test("L-43: it complains of a PAX name that is not UTF-8: why names are taken from the record")
    func names() throws {
        let name = Array("caf".utf8) + [0xe9]
        var tar = RawTar()
        tar.addExtension("x", RawTar.record("path", name))
        tar.addFile("f")
        tar.addZeroBlocks()
        let isAccepted = Tool.accepts("bsdtar", ["-tf", "-"], input: tar.bytes)
        #expect(!isAccepted)
        #expect(try TarReading.entries(tar.bytes).map(\.name) == [name])
    }

    @Test(
        "L-09: it ends at an empty frame of lz4: why liblz4 decodes that",
        Need.tool("lz4"),
        Need.tool("bsdcat")
    )
    func lz4() throws {
        let codec = try #require(Codec.all.first { $0.compression == .lz4 })
        let stream = try codec.compress([]) + codec.compress(Array("behind".utf8))
        #expect(try Tool.run("bsdcat", [], input: stream).isEmpty)
        #expect(try DecompressorTests.decode(stream) == Array("behind".utf8))
    }
}
