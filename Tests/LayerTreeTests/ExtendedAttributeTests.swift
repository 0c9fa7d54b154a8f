import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("Extended attributes of entries") struct ExtendedAttributeTests {
    /// What `setcap cap_net_raw=ep` writes.
    ///
    /// Source: Linux `include/uapi/linux/capability.h`, `VFS_CAP_REVISION_2`.
    private static let capability: [UInt8] = [1, 0, 0, 2, 0, 0x20, 0, 0] + [UInt8](repeating: 0, count: 12)

    @Test("L-24, L-29: capabilities, user and trusted attributes are set", Need.root)
    func keptAttributes() throws {
        let kept = [
            AttributeTests.attribute("user.empty", []),
            AttributeTests.attribute("user.mime_type", Array("text/plain".utf8)),
            AttributeTests.attribute("trusted.x", [0, 255]),
            AttributeTests.attribute("security.capability", Self.capability),
        ]
        let attributes = FileAttributes(mode: 0o4755, uid: 5, gid: 6, extendedAttributes: kept)
        let plain = Array(kept.dropLast())
        let entries = try [
            LayerEntry(AttributeTests.path("f"), .regular, attributes: attributes, content: [1]),
            LayerEntry(
                AttributeTests.path("d"),
                .directory,
                attributes: FileAttributes(mode: 0o755, extendedAttributes: plain)
            ),
            LayerEntry(.root, .directory, attributes: FileAttributes(mode: 0o711, extendedAttributes: plain)),
        ]
        let stack = try UnpackedStack([TarBuilder.tar(entries)])
        let (tree, index) = (stack.lowers[0].tree, stack.lowers[0].index)
        #expect(try Set(tree.extendedAttributes(of: "f")) == Set(kept))
        #expect(try tree.status("f").mode == 0o4755)
        #expect(try Set(tree.extendedAttributes(of: "d")) == Set(plain))
        #expect(try Set(tree.extendedAttributes()) == Set(plain))
        #expect(try tree.status().mode == 0o711)
        #expect(index.nodes.map { index.extendedAttributes(of: $0) } == [plain, plain, kept])
        #expect(stack.notes[0].isEmpty)
    }

    @Test(
        "L-29: what would steer overlayfs, a runtime or the host is not set, but stays in the index and in the tar",
        Need.root
    )
    func droppedAttributes() throws {
        let dropped = [
            "trusted.overlay.opaque", "trusted.overlay.redirect", "trusted.overlay.metacopy", "user.overlay.opaque",
            "user.containers.override_stat", "user.rootlesscontainers", "user.fuseoverlayfs.opaque", "security.selinux",
            "security.evm", "system.nfs4_acl",
        ].map { AttributeTests.attribute($0, [UInt8(ascii: "y")]) }
        let kept = AttributeTests.attribute("user.kept", [1])
        let attributes = FileAttributes(mode: 0o755, extendedAttributes: dropped + [kept])
        let entries = try [
            LayerEntry(AttributeTests.path("d"), .directory, attributes: attributes),
            LayerEntry(AttributeTests.path("f"), .regular, attributes: attributes, content: [1]),
        ]
        let tar = TarBuilder.tar(entries)
        let stack = try UnpackedStack([tar])
        for name in ["d", "f"] { #expect(try stack.lowers[0].tree.extendedAttributes(of: name) == [kept], "\(name)") }
        let index = stack.lowers[0].index
        for node in index.nodes.dropFirst() { #expect(index.extendedAttributes(of: node) == dropped + [kept]) }
        #expect(try stack.recreate(0) == tar)
        #expect(stack.notes[0].isEmpty)
    }

    @Test("L-28: an attribute that the kernel refuses is noted, and the index has it", Need.root)
    func refusedAttribute() throws {
        let attribute = AttributeTests.attribute("user.x", [1])
        let attributes = FileAttributes(mode: 0o777, extendedAttributes: [attribute])
        let entries = try [
            LayerEntry(AttributeTests.path("s"), .symbolicLink, attributes: attributes, target: [120]),
            LayerEntry(AttributeTests.path("p"), .fifo, attributes: attributes),
        ]
        let stack = try UnpackedStack([TarBuilder.tar(entries)])
        #expect(stack.notes[0].attributeCount == 2)
        let index = stack.lowers[0].index
        #expect(index.nodes.dropFirst().map { index.extendedAttributes(of: $0) } == [[attribute], [attribute]])
    }

    @Test("L-50: of two entries of one directory the last one's attributes count, extended ones too", Need.root)
    func lastAttributes() throws {
        let first = FileAttributes(mode: 0o700, uid: 1, extendedAttributes: [AttributeTests.attribute("user.old", [1])])
        let entries = try [
            LayerEntry(AttributeTests.path("d"), .directory, attributes: first),
            LayerEntry(AttributeTests.path("d"), .directory, attributes: FileAttributes(mode: 0o711, uid: 2)),
        ]
        let stack = try UnpackedStack([TarBuilder.tar(entries)])
        #expect(try stack.lowers[0].tree.extendedAttributes(of: "d") == [])
        #expect(try stack.lowers[0].tree.status("d").mode == 0o711)
        #expect(try stack.indexDifferences(0) == [])
    }

    @Test("L-53, L-82: implied parents and copies of lower files take extended attributes along", Need.root)
    func inheritedAttributes() throws {
        let attributes = FileAttributes(
            mode: 0o2750,
            uid: 3,
            gid: 4,
            modificationTime: Timestamp(seconds: 9, nanoseconds: 8),
            extendedAttributes: [AttributeTests.attribute("user.x", [7])]
        )
        let lower = try [
            LayerEntry(AttributeTests.path("d"), .directory, attributes: attributes),
            LayerEntry(AttributeTests.path("d/f"), .regular, attributes: attributes, content: [1, 2]),
        ]
        let upper = try [
            LayerEntry(
                AttributeTests.path("d/h"),
                .hardLink,
                attributes: FileAttributes(mode: 0),
                linkedPath: AttributeTests.path("d/f")
            )
        ]
        let stack = try UnpackedStack([TarBuilder.tar(lower), TarBuilder.tar(upper)])
        let tree = stack.lowers[1].tree
        for path in ["d", "d/h"] {
            let status = try tree.statusInRoot(path, followsLastLink: false)
            #expect((status.mode, status.uid, status.gid) == (0o2750, 3, 4), "\(path)")
            #expect(status.modificationTime == attributes.modificationTime, "\(path)")
        }
        #expect(try tree.extendedAttributes(of: "d") == attributes.extendedAttributes)
        #expect(try tree.open("d").extendedAttributes(of: "h") == attributes.extendedAttributes)
        #expect(try stack.indexDifferences(1) == [])
    }
}
