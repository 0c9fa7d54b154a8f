import LayerArchive
import LayerModel
import LayerTestKit
import Testing

@Suite("Tar writer")
struct TarWriterTests {
    private static func write(_ entries: [(TarHeader, [UInt8])]) throws -> [UInt8] {
        let box = Box()
        let writer = try TarWriter { box.bytes += $0 }
        for (header, content) in entries { try writer.add(header, content: content) }
        try writer.finish()
        return box.bytes
    }

    private final class Box {
        var bytes: [UInt8] = []
    }

    private static func header(
        _ name: [UInt8],
        _ kind: EntryKind = .regular,
        link: [UInt8] = [],
        device: DeviceNumber = DeviceNumber(major: 0, minor: 0),
        seconds: Int64 = 1_600_000_000,
        nanoseconds: UInt32 = 0,
        owner: UInt32 = 1000,
        attributes: [ExtendedAttribute] = []
    ) -> TarHeader {
        let attributes = FileAttributes(
            mode: 0o4751,
            uid: owner,
            gid: owner,
            modificationTime: Timestamp(seconds: seconds, nanoseconds: nanoseconds),
            extendedAttributes: attributes
        )
        return TarHeader(name: name, kind: kind, attributes: attributes, linkName: link, device: device)
    }

    private static let entries: [(TarHeader, [UInt8])] = {
        let text = { (text: String) in Array(text.utf8) }
        let long = text(String(repeating: "l/", count: 2000) + "f")
        let binary = ExtendedAttribute(name: text("user.binary"), value: (0...255).map { UInt8($0) })
        let capability = ExtendedAttribute(
            name: text("security.capability"),
            value: [1, 0, 0, 2] + [UInt8](repeating: 0, count: 16)
        )
        return [
            (header(text("d/"), .directory), []),
            (header(text("d/f")), text("content")),
            (header(text("d/large")), (0..<70_000).map { UInt8(truncatingIfNeeded: $0 >> 3) }),
            (header(Array(repeating: 0x6e, count: 100)), [1]),
            (header(Array(repeating: 0x6e, count: 101)), [2]),
            (header(long), [3]),
            (header([0xff, 0xfe]), [4]),
            (header(text("caf\u{e9}\n\\ :")), [5]),
            (header(text("hard"), .hardLink, link: text("d/f")), []),
            (header(text("symbolic"), .symbolicLink, link: long + [0xff]), []),
            (header(text("null"), .characterDevice, device: DeviceNumber(major: 1, minor: 3)), []),
            (header(text("sda"), .blockDevice, device: DeviceNumber(major: 259, minor: 70_000)), []),
            (header(text("fifo"), .fifo), []),
            (header(text("owner"), owner: 4_294_967_294), []),
            (header(text("fraction"), nanoseconds: 123_456_789), []),
            (header(text("early-fraction"), seconds: -5, nanoseconds: 250_000_000), []),
            (header(text("early"), seconds: -5), []),
            (header(text("late"), seconds: 8_589_934_592), []),
            (header(text("attributes"), attributes: [binary, capability]), [6]),
        ]
    }()

    @Test("L-21, L-27, L-40, L-41, L-43: the reader gives back what was written, in whole seconds")
    func ownReader() throws {
        let tar = try Self.write(Self.entries)
        let read = try TarReading.entries(tar)
        #expect(read.count == Self.entries.count)
        for (entry, (header, content)) in zip(read, Self.entries) {
            #expect(entry.name == header.name && entry.kind == header.kind && entry.linkName == header.linkName)
            #expect(entry.content == content && entry.device == header.device)
            var expected = header.attributes
            expected.modificationTime = Timestamp(seconds: header.attributes.modificationTime.seconds)
            let attributes = FileAttributes(
                mode: entry.mode,
                uid: entry.uid,
                gid: entry.gid,
                modificationTime: entry.modificationTime,
                extendedAttributes: entry.extendedAttributes
            )
            #expect(attributes == expected, "\(String(decoding: header.name, as: UTF8.self))")
        }
        let isSame = try TarReading.recreated(tar, chunkByteCount: 1000) == tar
        #expect(isSame)
    }

    @Test(
        "Python's tarfile, GNU tar and bsdtar read the same from what was written",
        Need.tool("python3"),
        Need.tool("tar"),
        Need.tool("bsdtar")
    )
    func otherReaders() throws {
        let tar = try Self.write(Self.entries)
        let listed = try TarReading.entries(tar).map(ListedEntry.init)
        TarReaderOracleTests.compare(listed, try TarOracle.tarfile(tar))
        TarReaderOracleTests.compare(listed.map(\.asGNUListsIt), try TarOracle.gnuTar(tar).map(\.asGNUListsIt))
        let isSame = try TarOracle.gnuContent(tar) == Self.entries.flatMap(\.1)
        #expect(isSame)
        // mtree has no hard links and no attributes, and bsdtar leaves the mode of a symbolic link to the system.
        let told = listed.filter { $0.kind != "hardLink" }.map(\.asMtreeListsIt).sorted { $0.name < $1.name }
        let bsd = try TarOracle.bsdTar(tar).filter { entry in told.contains { $0.name == entry.name } }
        TarReaderOracleTests.compare(told, bsd.map(\.asMtreeListsIt).sorted { $0.name < $1.name })
    }

    @Test("The same entries give the same bytes, without names of owners, ended by two zero blocks")
    func form() throws {
        let tar = try Self.write(Self.entries)
        #expect(try Self.write(Self.entries) == tar)
        // L-22
        #expect(tar[265..<329].allSatisfy { $0 == 0 })
        let single = try Self.write([(Self.header(Array("f".utf8)), [1])])
        #expect(single.count == 2048)
        #expect(single.suffix(1024).allSatisfy { $0 == 0 })
        #expect(try Self.write([]) == [UInt8](repeating: 0, count: 1024))
    }

    @Test("L-41: a file over 8 GiB gets its size in a PAX record")
    func largeFile() throws {
        let box = Box()
        let writer = try TarWriter { box.bytes += $0 }
        var header = Self.header(Array("large".utf8))
        header.byteCount = 9 << 30
        try writer.add(header)
        #expect(String(decoding: box.bytes, as: UTF8.self).contains("19 size=9663676416\n"))
        // Not complete, and so not ended.
        #expect(throws: ArchiveError.self) { try writer.finish() }
    }

    @Test("More or less content than announced is refused, and so is a socket")
    func refusals() throws {
        let writer = try TarWriter { _ in }
        var header = Self.header(Array("f".utf8))
        header.byteCount = 3
        try writer.add(header)
        let bytes: [UInt8] = [1, 2, 3, 4]
        #expect(throws: ArchiveError.self) { try bytes.withUnsafeBytes { try writer.write($0) } }
        #expect(throws: ArchiveError.self) { try writer.add(header) }
        try bytes.prefix(3).withUnsafeBytes { try writer.write($0) }
        #expect(throws: ArchiveError.unsupported("socket in a tar")) {
            try writer.add(Self.header(Array("s".utf8), .socket))
        }
    }

    @Test("What the sink throws comes out")
    func sinkErrors() throws {
        struct Full: Error {}
        let writer = try TarWriter { _ in throw Full() }
        #expect(throws: Full.self) {
            try writer.add(Self.header(Array("f".utf8)), content: [1])
            try writer.finish()
        }
    }
}

extension ListedEntry {
    /// What bsdtar's mtree tells.
    fileprivate var asMtreeListsIt: ListedEntry {
        var listed = self
        listed.attributes = [:]
        if kind == "symbolicLink" { listed.mode = 0 }
        return listed
    }
}
