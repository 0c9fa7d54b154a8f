import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("Attributes of entries are set on disk and kept in the index") struct AttributeTests {
    static func path(_ name: String) throws -> LayerPath { try LayerPath(normalizing: Array(name.utf8)) }

    static func attribute(_ name: String, _ value: [UInt8]) -> ExtendedAttribute {
        ExtendedAttribute(name: Array(name.utf8), value: value)
    }

    @Test(
        "L-21, L-24: modes with setuid, setgid and sticky survive the owner",
        Need.root,
        arguments: [0, 0o111, 0o444, 0o644, 0o755, 0o777, 0o1777, 0o2755, 0o4755, 0o6711, 0o7777] as [UInt16],
        [EntryKind.regular, .directory, .fifo]
    )
    func modes(mode: UInt16, kind: EntryKind) throws {
        let attributes = FileAttributes(mode: mode, uid: 12, gid: 34)
        let stack = try UnpackedStack([TarBuilder.tar([LayerEntry(Self.path("x"), kind, attributes: attributes)])])
        let status = try stack.lowers[0].tree.status("x")
        #expect(status.mode == mode)
        #expect((status.uid, status.gid) == (12, 34))
        #expect(try stack.indexDifferences(0) == [])
    }

    @Test(
        "L-22, L-41: owners up to the largest, of every kind",
        Need.root,
        arguments: [0, 1, 65_534, 2_097_152, 4_294_967_294] as [UInt32]
    )
    func owners(owner: UInt32) throws {
        let attributes = FileAttributes(mode: 0o755, uid: owner, gid: owner / 2)
        let entries = try [
            LayerEntry(Self.path("d"), .directory, attributes: attributes),
            LayerEntry(Self.path("f"), .regular, attributes: attributes, content: [1]),
            LayerEntry(Self.path("s"), .symbolicLink, attributes: attributes, target: [120]),
            LayerEntry(Self.path("p"), .fifo, attributes: attributes),
        ]
        let stack = try UnpackedStack([TarBuilder.tar(entries)])
        for name in ["d", "f", "s", "p"] {
            let status = try stack.lowers[0].tree.status(name)
            #expect((status.uid, status.gid) == (owner, owner / 2), "\(name)")
        }
        #expect(try stack.indexDifferences(0) == [])
    }

    @Test(
        "L-25, L-26: times to the nanosecond, before 1970 too, of every kind and of directories that things are made in",
        arguments: [
            Timestamp(seconds: 0), Timestamp(seconds: 1, nanoseconds: 1),
            Timestamp(seconds: 1_700_000_000, nanoseconds: 999_999_999),
            Timestamp(seconds: -1), Timestamp(seconds: -1, nanoseconds: 500_000_000),
            Timestamp(seconds: -2_000_000, nanoseconds: 1),
            Timestamp(seconds: 4_294_967_296, nanoseconds: 5),
        ]
    )
    func times(time: Timestamp) throws {
        let attributes = FileAttributes(
            mode: 0o755,
            uid: Host.effectiveUserID,
            gid: Host.effectiveGroupID,
            modificationTime: time
        )
        let entries = try [
            LayerEntry(.root, .directory, attributes: attributes),
            LayerEntry(Self.path("d"), .directory, attributes: attributes),
            LayerEntry(Self.path("d/f"), .regular, attributes: attributes, content: [1]),
            LayerEntry(Self.path("d/e"), .directory, attributes: attributes),
            LayerEntry(Self.path("d/e/s"), .symbolicLink, attributes: attributes, target: [120]),
            LayerEntry(Self.path("d/e/p"), .fifo, attributes: attributes),
            LayerEntry(Self.path("d/e/.wh.gone"), .regular, attributes: attributes),
        ]
        let stack = try UnpackedStack([TarBuilder.tar(entries)])
        let tree = stack.lowers[0].tree
        for name in ["d", "d/f", "d/e", "d/e/s", "d/e/p"] {
            #expect(try tree.statusInRoot(name, followsLastLink: false).modificationTime == time, "\(name)")
        }
        #expect(try tree.status().modificationTime == time)
        #expect(stack.lowers[0].index.nodes[0].modificationTime == time)
        #expect(try stack.indexDifferences(0) == [])
    }

    @Test(
        "L-26: times that no file system holds do not stop the layer, and the index has them",
        arguments: [Int64.min + 1, -1 << 40, 1 << 40, .max]
    )
    func extremeTimes(seconds: Int64) throws {
        let time = Timestamp(seconds: seconds, nanoseconds: 1)
        let attributes = FileAttributes(mode: 0o644, modificationTime: time)
        let tar = TarBuilder.tar([LayerEntry(try Self.path("f"), .regular, attributes: attributes, content: [1])])
        let stack = try UnpackedStack([tar])
        #expect(stack.lowers[0].index.nodes[1].modificationTime == time)
        #expect(try stack.recreate(0) == tar)
    }

    @Test("L-20: devices are made, or noted where the user may not", Need.root)
    func devices() throws {
        let attributes = FileAttributes(mode: 0o620, gid: 5)
        let entries = try [
            LayerEntry(
                Self.path("block"),
                .blockDevice,
                attributes: attributes,
                device: DeviceNumber(major: 8, minor: 0)
            ),
            LayerEntry(
                Self.path("char"),
                .characterDevice,
                attributes: attributes,
                device: DeviceNumber(major: 1, minor: 3)
            ),
        ]
        let stack = try UnpackedStack([TarBuilder.tar(entries)])
        let index = stack.lowers[0].index
        #expect(index.nodes.dropFirst().map(\.device) == entries.map(\.device))
        #expect(index.nodes.dropFirst().map(\.kind) == entries.map(\.kind))
        let tree = stack.lowers[0].tree
        if stack.notes[0].deviceCount == 0 {
            #expect(try OverlaySketch.lines(of: tree) == ["block blockDevice 8:0 620", "char characterDevice 1:3 620"])
            #expect(try stack.indexDifferences(0) == [])
        } else {
            #expect(stack.notes[0].deviceCount == 2)
            #expect(try OverlaySketch.lines(of: tree) == ["block!", "char!"])
        }
    }

    @Test("L-45: the root's attributes, and the last of them")
    func root() throws {
        let stack = try UnpackedStack([TarBuilder.tar(try LayerSketch.layer(["./ 700", "f", "./ 751"]))])
        #expect(try stack.lowers[0].tree.status().mode == 0o751)
        #expect(stack.lowers[0].index.nodes[0].mode == 0o751)
        let plain = try UnpackedStack([TarBuilder.tar(try LayerSketch.layer(["f"]))])
        #expect(try plain.lowers[0].tree.status().mode == 0o755)
    }

    @Test("L-30: an ordinary user's files stay readable for that user; the index has what the tar says", Need.root)
    func ordinaryUser() throws {
        let layer = try LayerSketch.layer(["d/ 000", "d/f=1 000", "e/ 4711", "e/.wh..wh..opq", "p| 000", "./ 000"])
        // Files of the store's user are left alone; that another owner is refused cannot be seen as root.
        let entries = layer.map { entry in
            var entry = entry
            entry.attributes.uid = 1000
            entry.attributes.gid = 1000
            return entry
        }
        let settings = TreeSettings(umask: 0o022, uid: 1000, gid: 1000, usesUserAttributes: true)
        let stack = try UnpackedStack([TarBuilder.tar(entries)], settings: settings)
        let tree = stack.lowers[0].tree
        let lines = try OverlaySketch.lines(of: tree, usesUserAttributes: true)
        #expect(lines == ["d/ 500", "d/f=1 400", "e/ opaque 4711", "p| 400"])
        #expect(try tree.status("e").uid == 0)
        #expect(try tree.status().mode == 0o700)
        #expect(stack.lowers[0].index.nodes.map(\.mode) == [0, 0, 0, 0o4711, 0])
        #expect(stack.lowers[0].index.nodes.dropFirst().allSatisfy { $0.uid == 1000 })
        #expect(stack.notes[0].isEmpty)
    }

    @Test(
        "L-30: what an ordinary user may not set is counted, and stays in the index and in the tar",
        .enabled(if: Host.effectiveUserID != 0, "needs an ordinary user")
    )
    func notes() throws {
        let foreign = FileAttributes(
            mode: 0o4755,
            uid: 7,
            gid: 8,
            extendedAttributes: [Self.attribute("trusted.x", [1])]
        )
        let own = FileAttributes(mode: 0o600, uid: Host.effectiveUserID, gid: Host.effectiveGroupID)
        let entries = try [
            LayerEntry(Self.path("c"), .characterDevice, attributes: own, device: DeviceNumber(major: 1, minor: 3)),
            LayerEntry(Self.path("d"), .directory, attributes: foreign),
            LayerEntry(Self.path("d/f"), .regular, attributes: foreign, content: [1]),
            LayerEntry(Self.path("d/own"), .regular, attributes: own, content: [1]),
        ]
        let tar = TarBuilder.tar([LayerEntry(.root, .directory, attributes: own)] + entries)
        let stack = try UnpackedStack([tar])
        #expect(stack.notes[0].ownerCount == 2)
        #expect(stack.notes[0].deviceCount == 1)
        #expect(stack.notes[0].attributeCount == 2)
        let index = stack.lowers[0].index
        #expect(index.nodes.dropFirst().map(\.uid) == entries.map(\.attributes.uid))
        #expect(index.nodes.dropFirst().map(\.mode) == entries.map(\.attributes.mode))
        #expect(index.nodes[1].kind == .characterDevice)
        #expect(index.extendedAttributes(of: index.nodes[3]) == foreign.extendedAttributes)
        #expect(try stack.lowers[0].tree.status("c").isWhiteout)
        #expect(try stack.recreate(0) == tar)
    }
}
