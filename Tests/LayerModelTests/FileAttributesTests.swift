import LayerModel
import Testing

@Suite("Kinds and attributes of entries")
struct FileAttributesTests {
    @Test("the numbers of kinds stand in layer indexes and never change")
    func kindNumbers() {
        let kinds: [EntryKind] = [
            .regular, .hardLink, .symbolicLink, .characterDevice, .blockDevice, .directory, .fifo, .socket,
        ]
        #expect(kinds.map(\.rawValue) == Array(0...7))
        #expect(EntryKind.allCases == kinds)
        #expect(EntryKind(rawValue: 8) == nil)
    }

    @Test(
        "L-21: a mode is twelve bits, without the kind that a file system adds",
        arguments: [(0, 0), (0o644, 0o644), (0o7777, 0o7777), (0o100644, 0o644), (0o041777, 0o1777), (.max, 0o7777)]
            as [(UInt16, UInt16)]
    )
    func modes(_ given: UInt16, _ kept: UInt16) {
        #expect(FileAttributes(mode: given).mode == kept)
    }

    @Test("L-21: owners take all 32 bits, and extended attributes keep their order and bytes")
    func values() {
        let xattrs = [
            ExtendedAttribute(name: Array("user.z".utf8), value: [0, 0xFF]),
            ExtendedAttribute(name: Array("user.a".utf8), value: []),
        ]
        let attributes = FileAttributes(mode: 0, uid: .max, gid: .max - 1, extendedAttributes: xattrs)
        #expect((attributes.uid, attributes.gid) == (4_294_967_295, 4_294_967_294))
        #expect(attributes.extendedAttributes == xattrs)
        #expect(attributes.modificationTime == Timestamp(seconds: 0))
        #expect(attributes != FileAttributes(mode: 0, uid: .max, gid: .max - 1, extendedAttributes: xattrs.reversed()))
    }

    @Test("what an entry's kind does not have is empty")
    func entries() {
        let entry = LayerEntry(.root, .directory, attributes: FileAttributes(mode: 0o755))
        #expect(entry.content.isEmpty && entry.target.isEmpty && entry.linkedPath.isRoot)
        #expect(entry.device == DeviceNumber(major: 0, minor: 0))
    }
}
