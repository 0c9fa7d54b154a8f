import Foundation
import LayerArchive
import LayerModel
import LayerTestKit
import Testing

@Suite("The tar reader beside other readers", Need.tool("python3"), Need.tool("tar"), Need.tool("bsdtar"))
struct TarReaderOracleTests {
    @Test("L-21, L-23, L-40, L-41, L-43: Python's tarfile lists the same entries", arguments: TarCorpus.all)
    func python(_ corpus: TarCorpus) throws {
        let tar = try corpus.make()
        Self.compare(try TarReading.entries(tar).map(ListedEntry.init), try TarOracle.tarfile(tar))
    }

    @Test(
        "L-21, L-23, L-40, L-41, L-43: GNU tar lists the same entries and extracts the same bytes",
        arguments: TarCorpus.all
    )
    func gnu(_ corpus: TarCorpus) throws {
        let tar = try corpus.make()
        let entries = try TarReading.entries(tar)
        // It applies global headers, which are passed over here, so only the others are told by it.
        if corpus.name != "py-global" {
            Self.compare(entries.map { ListedEntry($0).asGNUListsIt }, try TarOracle.gnuTar(tar).map(\.asGNUListsIt))
        }
        let content = entries.filter { $0.kind == .regular }.flatMap(\.content)
        #expect(try TarOracle.gnuContent(tar) == content)
    }

    @Test(
        "The shared tars are read as Python's tarfile reads them, or refused",
        Need.shared("images/tar"),
        arguments: SharedTar.all
    )
    func shared(_ tar: SharedTar) throws {
        let bytes = try tar.bytes()
        guard tar.refusal == nil else {
            #expect(TarReading.failure(bytes).map { "\($0)" } == tar.refusal)
            return
        }
        let entries = try TarReading.entries(bytes).map(ListedEntry.init)
        if tar.isMisreadByPython {
            Self.compare(entries.map(\.asGNUListsIt), try TarOracle.gnuTar(bytes).map(\.asGNUListsIt))
        } else {
            Self.compare(entries, try TarOracle.tarfile(bytes))
        }
    }

    @Test("A scan finds the names, kinds, lengths, targets and devices that reading finds", arguments: TarCorpus.all)
    func scan(_ corpus: TarCorpus) throws {
        let tar = try corpus.make()
        for chunkByteCount in [1, 511, 64 << 10] { try Self.expectScanAsReading(tar, chunkByteCount) }
    }

    @Test(
        "A scan of the shared tars finds what reading finds",
        Need.shared("images/tar"),
        arguments: SharedTar.all.filter { $0.refusal == nil }
    )
    func scanShared(_ tar: SharedTar) throws {
        try Self.expectScanAsReading(tar.bytes(), 64 << 10)
    }

    private static func expectScanAsReading(_ tar: [UInt8], _ chunkByteCount: Int) throws {
        let scanned = try TarReading.scanned(tar, chunkByteCount: chunkByteCount)
        let reader = TarReader(BytesSource(tar, chunkByteCount: 64 << 10))
        var entries: [ScannedEntry] = []
        while try reader.next() { entries.append(ScannedEntry(reader)) }
        #expect(scanned == entries)
    }

    static func compare(_ ours: [ListedEntry], _ theirs: [ListedEntry]) {
        #expect(ours.count == theirs.count)
        for (our, their) in zip(ours, theirs) where our != their {
            Issue.record("we read \(our)\nthey read \(their)")
        }
    }
}

extension ListedEntry {
    /// What GNU tar's listing tells.
    var asGNUListsIt: ListedEntry {
        var listed = self
        listed.digest = ""
        listed.attributes = [:]
        // It shows -1.25 as the second -1 and a quarter.
        if seconds < 0, nanoseconds > 0 { (listed.seconds, listed.nanoseconds) = (0, 0) }
        return listed
    }
}
