import Foundation
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("A checkout is a tree of its own") struct CheckoutMakingTests {
    private static func path(_ text: String) throws -> LayerPath { try LayerPath(normalizing: Array(text.utf8)) }

    private static func file(_ name: String, _ content: [UInt8], mode: UInt16 = 0o644) throws -> LayerEntry {
        let attributes = FileAttributes(mode: mode, modificationTime: Timestamp(seconds: 1_600_000_000, nanoseconds: 7))
        return LayerEntry(try path(name), .regular, attributes: attributes, content: content)
    }

    @Test("No file of it is a file of the store, and what has several names has them in it") func ownFiles() throws {
        let sample = try CheckoutSample([LayerSketch.layer(["d/", "d/f=content", "d/g=>d/f", "h=>d/f", "alone=1"])])
        let (root, _) = try sample.checkOut("checkout")
        let tree = sample.stack.lowers[0].tree
        for name in ["alone", "h"] {
            #expect(try root.status(name).identity != tree.status(name).identity)
        }
        let directory = try root.open("d")
        #expect(try directory.status("f").identity == directory.status("g").identity)
        #expect(try directory.status("f").identity == root.status("h").identity)
        #expect(try root.status("h").linkCount == 3)
        #expect(try tree.status("h").linkCount == 3)
        #expect(try root.status("alone").linkCount == 1)
    }

    @Test("Content of all lengths", arguments: [0, 1, 4095, 4096, 65_536, 131_072, 131_073, 1_000_000])
    func content(byteCount: Int) throws {
        let content = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let sample = try CheckoutSample([[Self.file("f", content)]])
        let (root, _) = try sample.checkOut("checkout")
        #expect(try root.openFile("f").readAll(byteLimit: 1 << 22) == content)
        #expect(try root.status("f").modificationTime == Timestamp(seconds: 1_600_000_000, nanoseconds: 7))
    }

    @Test("Holes stay holes") func sparse() throws {
        let sample = try CheckoutSample([[Self.file("f", Array("x".utf8))]])
        let upper = try sample.directory("upper")
        let file = try upper.createFile("sparse")
        for offset in [Int64(0), 10 << 20, 50 << 20] {
            try [UInt8](repeating: 7, count: 300_000).withUnsafeBytes { try file.write($0, at: offset) }
        }
        try file.setByteCount(80 << 20)
        let (root, _) = try sample.checkOut("checkout", upper)
        let status = try root.status("sparse")
        #expect(status.byteCount == 80 << 20)
        #expect(status.allocatedByteCount < 8 << 20)
        #expect(try FileComparison.isEqual(root.openFile("sparse"), file, byteCount: 80 << 20))
    }

    @Test("Nobody else sees it before it is complete, and inherits nothing from where it lies") func isClosed() throws {
        let sample = try CheckoutSample([[Self.file("d/f", [1], mode: 0o4755)]])
        let root = try sample.directory("checkout")
        try root.setMode(0o2777)
        _ = try sample.checkOut(in: root)
        #expect(try root.status().mode == 0o755)
        #expect(try root.open("d").status("f").mode == 0o4755)
        #expect(try root.open("d").status().mode & 0o2000 == 0)
    }

    @Test("All that is in the record comes back, and a damaged one is refused") func coding() throws {
        let sample = try CheckoutSample([[Self.file("f", [1])], [Self.file("g", [2]), Self.file("d/h", [3])]])
        let (root, record) = try sample.checkOut("checkout")
        var losses = CheckoutLosses()
        losses.owners = [CheckoutLosses.Owner(uid: 1, gid: UInt32.max), CheckoutLosses.Owner(uid: 3, gid: 4)]
        losses.attributes = [Array("security.capability".utf8), [0xff]]
        losses.isOrdinaryUser = true
        let whole = CheckoutRecord(finished: record.finished, inodes: record.inodes, losses: losses)
        let bytes = whole.encoded()
        #expect(try CheckoutRecord(bytes, finished: record.finished, of: sample.lowers) == whole)
        for position in stride(from: 0, to: bytes.count, by: 7) {
            var damaged = bytes
            damaged[position] ^= 0x10
            #expect(throws: TreeError.self) {
                try CheckoutRecord(damaged, finished: record.finished, of: sample.lowers)
            }
        }
        for count in [0, 1, 15, 16, 17, bytes.count - 1] {
            #expect(throws: TreeError.self) {
                try CheckoutRecord(Array(bytes[..<count]), finished: record.finished, of: sample.lowers)
            }
        }
        let other = try CheckoutSample([[Self.file("f", [1])]])
        #expect(throws: TreeError.self) {
            try CheckoutRecord(bytes, finished: record.finished, of: other.lowers)
        }
        withExtendedLifetime(root) {}
    }

    @Test("A change right after it is later than the record says, every time") func clock() throws {
        let sample = try CheckoutSample([[Self.file("f", [1])]])
        for number in 0..<20 {
            let checkout = try sample.checkOut("checkout\(number)")
            try checkout.root.setMode("f", 0o600)
            #expect(sample.changes(checkout).lines == ["C /f"])
        }
    }

    @Test("A store's file that is too short is an error that names it") func damage() throws {
        let sample = try CheckoutSample([[Self.file("d/f", [1, 2, 3])]])
        try #require(truncate("\(sample.stack.scratch.path)/0/tree/d/f", 1) == 0)
        #expect(throws: TreeError.damagedFile(try Self.path("d/f"), reason: "it is shorter than its layer says")) {
            try sample.checkOut("checkout")
        }
    }

    @Test("What an ordinary user's disk cannot hold has not changed", Need.ordinaryUser) func ordinaryUser() throws {
        var device = LayerEntry(try Self.path("dev"), .characterDevice, attributes: FileAttributes(mode: 0o600))
        device.device = DeviceNumber(major: 1, minor: 3)
        var owned = try Self.file("d/f", [1], mode: 0o000)
        (owned.attributes.uid, owned.attributes.gid) = (33, 34)
        owned.attributes.extendedAttributes = [
            ExtendedAttribute(name: Array("trusted.x".utf8), value: [1])
        ]
        var directory = LayerEntry(try Self.path("d"), .directory, attributes: FileAttributes(mode: 0o555))
        directory.attributes.uid = 35
        let link = LayerEntry(
            try Self.path("g"),
            .hardLink,
            attributes: FileAttributes(mode: 0),
            linkedPath: try Self.path("d/f")
        )
        let sample = try CheckoutSample([[directory, owned, link, device]])
        let checkout = try sample.checkOut("checkout")
        #expect(sample.changes(checkout).changes.isEmpty)
        #expect(try checkout.root.statusIfPresent("dev") == nil)
        #expect(try checkout.root.open("d").status("f").mode == 0o400)
        try checkout.root.open("d").createFile("new").write([1])
        let changes = sample.changes(checkout)
        #expect(changes.lines == ["C /d", "A /d/new"])
        #expect(changes.changes.first?.attributes.mode == 0o555)
        #expect(changes.changes.first?.attributes.uid == 35)
        let upper = try sample.fold(checkout, into: "upper")
        #expect(try sample.tar(sample.changes(in: upper), upper) == sample.tar(changes, checkout.root))
        // As a whole the device is there, and so are the owners.
        let whole = ChangeWalk.wholeTree(
            checkout.root,
            over: sample.lowers,
            form: CheckoutSample.form,
            checkout: checkout.record
        )
        #expect(whole.changes.first { $0.path.name.elementsEqual("dev".utf8) }?.device.minor == 3)
        #expect(whole.changes.first { $0.path.name.elementsEqual("g".utf8) }?.attributes.uid == 33)
    }
}
