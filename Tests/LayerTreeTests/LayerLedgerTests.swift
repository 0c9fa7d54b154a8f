import LayerArchive
import LayerModel
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("The ledger of a layer") struct LayerLedgerTests {
    @Test("Each of many names is found in its own directory, and none that was not entered")
    func lookUp() throws {
        var ledger = LayerLedger()
        let names = (0..<20_000).map { Array("n\($0)".utf8) }
        let directories = [NodeID.root, Self.enter(Array("a".utf8), in: .root, &ledger)]
        var nodes: [[NodeID]] = [[], []]
        for name in names {
            for (place, directory) in directories.enumerated() {
                nodes[place].append(Self.enter(name, in: directory, &ledger))
            }
        }
        #expect(Set(nodes.joined()).count == 40_000)
        for (index, name) in names.enumerated() {
            let found = directories.map { ledger.child(name[...], in: $0) }
            #expect(found == [nodes[0][index], nodes[1][index]])
            let again = Self.enter(name, in: .root, &ledger)
            #expect(again == nodes[0][index])
        }
        for missing in ["n", "n20000", "n1x", "b"] {
            let found = ledger.child(Array(missing.utf8)[...], in: .root)
            #expect(found == nil, "\(missing)")
        }
    }

    @Test("A closed ledger is walked a directory before what lies in it, by the bytes of names, free names left out")
    func walk() throws {
        var ledger = LayerLedger()
        for name in ["b/", "b/z", "b-c", "a/", "a/y/", "a/y/x", "a/f", "gone", "é"] {
            try Self.place(name, &ledger)
        }
        let gone = ledger.child(Array("gone".utf8)[...], in: .root)
        ledger.discard(try #require(gone))
        try ledger.finish()
        ledger.close()
        var walked: [String] = []
        var depth = 0
        var next: NodeID? = .root
        while let node = next {
            walked.append("\(depth) \(String(decoding: ledger.path(of: node).bytes, as: UTF8.self))")
            next = ledger.successor(of: node, depth: &depth)
        }
        #expect(walked == ["0 ", "1 a", "2 a/f", "2 a/y", "3 a/y/x", "1 b", "2 b/z", "1 b-c", "1 é"])
    }

    @Test("A layer with too many names is refused, whether entries or markers bring them", arguments: ["", ".wh."])
    func tooManyNames(prefix: String) throws {
        var limits = ArchiveLimits()
        limits.nameCount = 100
        let names = (0..<60).map { "d\($0)/\(prefix)f" }
        let tar = TarBuilder.tar(try LayerSketch.layer(names))
        let error = #expect(throws: TreeError.self) { try LayerScanner.scan(BytesSource(tar), limits: limits) }
        #expect(error?.description.contains("too many names in the layer (over 100)") == true)
        limits.nameCount = 200
        #expect(throws: Never.self) { try LayerScanner.scan(BytesSource(tar), limits: limits) }
    }

    @Test("A layer whose names and link targets are too long together is refused")
    func tooLongNames() throws {
        var limits = ArchiveLimits()
        limits.nameByteCount = 1000
        let links = (0..<20).map { "l\($0)->" + String(repeating: "x", count: 90) }
        let tar = TarBuilder.tar(try LayerSketch.layer(links))
        let error = #expect(throws: TreeError.self) { try LayerScanner.scan(BytesSource(tar), limits: limits) }
        #expect(error?.description.contains("too long (over 1000 bytes)") == true)
    }

    @Test("What is kept of an inode comes back, whatever its kind")
    func inode() {
        var file = LedgerInode(kind: .regular, mode: 0o7777)
        file.byteCount = .max
        file.device = DeviceNumber(major: 1, minor: 2)
        file.isOpaque = true
        #expect(file.byteCount == .max && file.mode == 0o7777 && file.device == DeviceNumber(major: 0, minor: 0))
        var device = LedgerInode(kind: .blockDevice, mode: 0)
        device.device = DeviceNumber(major: .max, minor: 7)
        #expect(device.device == DeviceNumber(major: .max, minor: 7) && device.byteCount == 0)
        var link = LedgerInode(kind: .symbolicLink, mode: 0)
        link.setTarget(offset: 0x8000_0001, byteCount: 4095)
        #expect(link.targetOffset == 0x8000_0001 && link.targetByteCount == 4095 && link.byteCount == 0)
        #expect(file.isOpaque && !file.isImplied && !file.isForWhiteouts)
        file.isOpaque = false
        #expect(!file.isOpaque)
        for seconds in [Int64.min, -1, 0, .max] {
            var attributes = InodeAttributes()
            attributes.modificationTime = Timestamp(seconds: seconds, nanoseconds: 999_999_999)
            #expect(attributes.modificationTime == Timestamp(seconds: seconds, nanoseconds: 999_999_999))
        }
    }

    private static func enter(_ name: [UInt8], in parent: NodeID, _ ledger: inout LayerLedger) -> NodeID {
        name.withUnsafeBufferPointer { ledger.child(orNew: $0, in: parent) }
    }

    private static func place(_ name: String, _ ledger: inout LayerLedger) throws {
        let inode = LedgerInode(kind: name.hasSuffix("/") ? .directory : .regular, mode: 0o755)
        try Array(name.utf8).withUnsafeBufferPointer { bytes in
            _ = try ledger.place(bytes, inode, InodeAttributes(), target: UnsafeBufferPointer(start: nil, count: 0))
        }
    }
}
