import LayerArchive
import LayerModel
import LayerTestKit
import Testing

@Suite("Tar reader")
struct TarReaderTests {
    private func onlyEntry(_ build: (inout RawTar) -> Void) throws -> ReadEntry {
        var tar = RawTar()
        build(&tar)
        tar.addZeroBlocks()
        let entries = try TarReading.entries(tar.bytes, chunkByteCount: 100)
        #expect(entries.count == 1)
        return try #require(entries.first)
    }

    @Test(
        "L-20, L-32: each type has its kind, NUL and 7 are files",
        arguments: [
            (0, .regular), (0x30, .regular), (0x37, .regular), (0x31, .hardLink), (0x32, .symbolicLink),
            (0x33, .characterDevice), (0x34, .blockDevice), (0x35, .directory), (0x36, .fifo),
        ] as [(UInt8, EntryKind)]
    )
    func kinds(_ typeFlag: UInt8, _ kind: EntryKind) throws {
        let devices = (RawTar.octal(8, digits: 7), RawTar.octal(3, digits: 7))
        let entry = try onlyEntry {
            $0.add(RawTar.Header(typeFlag: typeFlag, link: Array("t".utf8), devices: devices))
        }
        #expect(entry.kind == kind)
        #expect(entry.text == "f")
        #expect(entry.linkName == (kind == .hardLink || kind == .symbolicLink ? Array("t".utf8) : []))
        let isDevice = kind == .characterDevice || kind == .blockDevice
        #expect(entry.device == (isDevice ? DeviceNumber(major: 8, minor: 3) : DeviceNumber(major: 0, minor: 0)))
    }

    @Test(
        "L-20: a length is read however a writer fills its field, and names of all lengths end where they end",
        arguments: [0, 1, 7, 8, 0o77, 511, 513, 0o7777, 0o10000, 70_001]
    )
    func numbers(_ byteCount: Int) throws {
        let digits = String(byteCount, radix: 8)
        func padded(_ count: Int, _ filler: Character) -> String {
            String(repeating: filler, count: count - digits.count) + digits
        }
        let fields = [
            padded(11, "0") + "\0", padded(12, "0"), padded(11, "0") + " ", padded(11, " ") + "\0",
            padded(10, "0") + " \0",
            digits + "\0", digits + " ", padded(8, "0") + "\0", "   " + padded(7, "0") + "\0",
        ]
        var tar = RawTar()
        var names: [[UInt8]] = []
        for (number, field) in fields.enumerated() {
            names.append([UInt8](repeating: 0x61, count: 1 + number * 7) + Array("\(number)".utf8))
            let header = RawTar.Header(name: names[number], size: Array(field.utf8))
            tar.add(header, body: [UInt8](repeating: 0x62, count: byteCount))
        }
        tar.addZeroBlocks()
        let entries = try TarReading.entries(tar.bytes)
        #expect(entries.map(\.name) == names)
        #expect(entries.allSatisfy { $0.byteCount == byteCount })
        let scanned = try TarReading.scanned(tar.bytes)
        #expect(scanned.map(\.name) == names)
        #expect(scanned.allSatisfy { $0.byteCount == byteCount })
    }

    @Test("L-32: a global header is checked and not applied")
    func globalHeader() throws {
        let entry = try onlyEntry { tar in
            tar.addPax([("path", "global"), ("uid", "7"), ("SCHILY.xattr.user.a", "b")], typeFlag: "g")
            tar.addFile("f")
        }
        #expect(entry.text == "f" && entry.uid == 0 && entry.extendedAttributes.isEmpty)
        var malformed = RawTar()
        malformed.addExtension("g", Array("30 path=x\n".utf8))
        malformed.addFile("f")
        #expect(TarReading.failure(malformed.bytes) == .corrupt("PAX record", reason: "wrong length"))
    }

    @Test("L-40, L-43: names come byte for byte from every place", arguments: ["prefix", "L", "path"])
    func names(_ place: String) throws {
        let name: [UInt8] = Array("d/\u{e9}\n\\:".utf8) + [0xff, 0xfe] + Array(repeating: 0x6e, count: 80)
        let entry = try onlyEntry { tar in
            switch place {
            case "prefix": tar.add(RawTar.Header(name: Array(name.dropFirst(2)), prefix: Array("d".utf8)))
            case "L":
                tar.addExtension("L", name + [0])
                tar.addFile("short")
            default:
                tar.addExtension("x", RawTar.record("path", name))
                tar.addFile("short")
            }
        }
        #expect(entry.name == name)
    }

    @Test("L-40: long link targets are read from both long forms", arguments: ["K", "linkpath"])
    func links(_ place: String) throws {
        let target: [UInt8] = Array(repeating: 0x74, count: 4000) + [0xff]
        let entry = try onlyEntry { tar in
            if place == "K" {
                tar.addExtension("K", target + [0])
            } else {
                tar.addExtension("x", RawTar.record("linkpath", target))
            }
            tar.add(RawTar.Header(typeFlag: UInt8(ascii: "2"), link: Array("short".utf8)))
        }
        #expect(entry.linkName == target)
    }

    @Test("L-41: PAX records override the header, base 256 is read")
    func numbers() throws {
        let pax = try onlyEntry { tar in
            tar.addPax([("size", "4"), ("uid", "4294967294"), ("gid", "2097152"), ("mtime", "1.5")])
            tar.add(RawTar.Header(size: RawTar.octal(0, digits: 11)), body: Array("text".utf8))
        }
        #expect(pax.content == Array("text".utf8))
        #expect(pax.uid == 4_294_967_294 && pax.gid == 2_097_152)
        #expect(pax.modificationTime == Timestamp(seconds: 1, nanoseconds: 500_000_000))
        let base256 = try onlyEntry { tar in
            let (uid, gid) = (RawTar.base256(4_294_967_294, count: 8), RawTar.base256(2_097_152, count: 8))
            let (size, mtime) = (RawTar.base256(4, count: 12), RawTar.base256(-5, count: 12))
            tar.add(RawTar.Header(uid: uid, gid: gid, size: size, mtime: mtime), body: Array("text".utf8))
        }
        #expect(base256.uid == pax.uid && base256.gid == pax.gid && base256.content == pax.content)
        #expect(base256.modificationTime == Timestamp(seconds: -5))
    }

    @Test(
        "L-26: no time aborts",
        arguments: [
            ("-1.25", Timestamp(seconds: -2, nanoseconds: 750_000_000)),
            ("-0.5", Timestamp(seconds: -1, nanoseconds: 500_000_000)),
            ("0.9999999999", Timestamp(seconds: 0, nanoseconds: 999_999_999)),
            (".5", Timestamp(seconds: 0, nanoseconds: 500_000_000)),
            ("9223372036854775807", Timestamp(seconds: .max)), ("9223372036854775808", Timestamp(seconds: .max)),
            ("-9223372036854775807", Timestamp(seconds: -.max)), ("-99999999999999999999", Timestamp(seconds: .min)),
            ("nan", Timestamp(seconds: 0)), ("1e400", Timestamp(seconds: 0)), ("", Timestamp(seconds: 0)),
            ("-", Timestamp(seconds: 0)), ("1.2.3", Timestamp(seconds: 0)),
            ("-9223372036854775807.5", Timestamp(seconds: .min, nanoseconds: 500_000_000)),
        ]
    )
    func times(_ text: String, _ time: Timestamp) throws {
        let entry = try onlyEntry { tar in
            tar.addPax([("mtime", text)])
            tar.addFile("f")
        }
        #expect(entry.modificationTime == time)
    }

    @Test("L-21, L-41: attributes in both spellings, binary and empty, the last of two counts")
    func attributes() throws {
        let binary = (0...255).map { UInt8($0) }
        let entry = try onlyEntry { tar in
            var body = RawTar.record("SCHILY.xattr.user.binary", binary)
            body += RawTar.record("SCHILY.xattr.user.empty", [])
            body += RawTar.record("LIBARCHIVE.xattr.user.b%3d64", Array("AP8=".utf8))
            body += RawTar.record("SCHILY.xattr.user.twice", [1])
            body += RawTar.record("SCHILY.xattr.user.twice", [2])
            tar.addExtension("x", body)
            tar.addFile("f")
        }
        let found = entry.extendedAttributes.map { (String(decoding: $0.name, as: UTF8.self), $0.value) }
        let values = Dictionary(found) { first, _ in first }
        #expect(values == ["user.binary": binary, "user.empty": [], "user.b=64": [0, 255], "user.twice": [2]])
        #expect(found.count == 4)
    }

    @Test("L-10: everything behind the end is read, for whoever counts it")
    func behindTheEnd() throws {
        var tar = RawTar()
        tar.addFile("f", "text")
        tar.addZeroBlocks()
        let bytes = tar.bytes + [UInt8](repeating: 0, count: 9216) + Array("garbage that is no block".utf8)
        let tap = DigestTap(BytesSource(bytes, chunkByteCount: 1000))
        let reader = TarReader(tap)
        while try reader.next() {}
        #expect(tap.byteCount == Int64(bytes.count))
        #expect(try tap.finish().digest == Digest.sha256(of: bytes))
        #expect(try TarReading.recreated(bytes, chunkByteCount: 77) == bytes)
    }

    @Test("A body may be left alone, and its place in the tar is known")
    func bodies() throws {
        var tar = RawTar()
        tar.addFile("a", "first")
        tar.addPax([("path", "b")])
        tar.addFile("x", "second")
        tar.addZeroBlocks()
        let reader = TarReader(BytesSource(tar.bytes))
        var texts: [String] = []
        while try reader.next() {
            let start = Int(reader.bodyOffset)
            texts.append(String(decoding: tar.bytes[start..<start + Int(reader.byteCount)], as: UTF8.self))
        }
        #expect(texts == ["first", "second"])
        #expect(reader.entryCount == 2)
    }
}
