import Foundation
import LayerKit
import LayerModel
import LayerTestKit
import Testing

/// `check --repair` writes what is damaged, from what is verified, and nothing else.
@Suite struct RepairTests {
    private let kit: KitStore
    private let archive: String
    private let image: MadeImage

    init() throws { (kit, archive, image) = try CheckTests.loaded() }

    private func inode(_ path: String) throws -> UInt64 {
        var status = stat()
        try #require(lstat(path, &status) == 0)
        return UInt64(status.st_ino)
    }

    private func repair(_ archives: [String], data: Bool = true) throws -> CheckReport {
        try kit.store.repair(data ? CheckTests.data : CheckOptions(), from: archives.map { .file($0) })
    }

    @Test func `Only the damaged file is written, its layer stays the same directory, and a reader keeps the old file`()
        throws
    {
        let tree = CheckTests.layer(kit, image) + "/tree"
        try StoreDamage.flip(tree + "/d/file", byte: 2, bit: 0)
        let before = try ["", "/d", "/d/other", "/hard", "/d/file"].map { try inode(tree + $0) }
        let reader = try #require(FileHandle(forReadingAtPath: tree + "/d/file"))
        let report = try repair([archive])
        #expect(report.isIntact)
        #expect(report.repairs.map { String(decoding: $0.path ?? [], as: UTF8.self) } == ["/d/file"])
        let after = try ["", "/d", "/d/other", "/hard", "/d/file"].map { try inode(tree + $0) }
        #expect(before.dropLast() == after.dropLast())
        #expect(before.last != after.last)
        #expect(try reader.readToEnd().map { Array($0) } != Array("content".utf8))
        #expect(try TestFile.read(tree + "/d/file") == Array("content".utf8))
    }

    @Test func `A file with several names is one file again under all of them`() throws {
        let tree = CheckTests.layer(kit, image) + "/tree"
        try StoreDamage.flip(tree + "/hard", byte: 0, bit: 7)
        #expect(try repair([archive]).isIntact)
        #expect(try inode(tree + "/hard") == inode(tree + "/twin"))
        try TestFile.remove(tree + "/twin")
        // Its content is at hand under the other name.
        #expect(try repair([], data: false).isIntact)
        #expect(try inode(tree + "/hard") == inode(tree + "/twin"))
    }

    @Test func `What only the index knows needs no archive, also a whole directory but for what its files hold`() throws
    {
        let tree = CheckTests.layer(kit, image) + "/tree"
        let before = try StoreDamage.look(at: tree)
        for name in ["/link", "/pipe", "/gone", "/e"] { try TestFile.remove(tree + name) }
        try TestFile.write([1], to: tree + "/stray")
        try TestFile.setMode(0o700, of: tree + "/d")
        #expect(try repair([]).isIntact)
        #expect(try StoreDamage.look(at: tree) == before)
        try TestFile.remove(tree + "/d")
        let report = try repair([])
        #expect(report.faults.map { String(decoding: $0.path ?? [], as: UTF8.self) } == ["/d/file", "/d/other"])
        #expect(report.faults.allSatisfy { $0.remedy == "layerctl check --repair --from ARCHIVE" })
        #expect(report.problems.count == 1)
        #expect(try repair([archive]).isIntact)
        #expect(try StoreDamage.look(at: tree) == before)
    }

    @Test func `A time that is put right does not hide that the content is another`() throws {
        let tree = CheckTests.layer(kit, image) + "/tree"
        try TestFile.write(Array("CONTENT".utf8), to: tree + "/d/file")
        let report = try repair([], data: false)
        #expect(CheckTests.lines(report) == ["layer /d/file: modification time"])
        #expect(try repair([archive], data: false).isIntact)
        #expect(try TestFile.read(tree + "/d/file") == Array("content".utf8))
    }

    @Test func `Content comes from the bytes that are kept, where there are such`() throws {
        let (kit, _, image) = try CheckTests.loaded(keepsBlobs: true)
        let layer = CheckTests.layer(kit, image)
        try StoreDamage.flip(layer + "/tree/d/file", byte: 0, bit: 0)
        #expect(try kit.store.repair(CheckTests.data).isIntact)
        try TestFile.damage(layer + "/layer.json", at: 100)
        #expect(try kit.store.repair(CheckTests.data).isIntact)
    }

    @Test func `What a hard link into a lower layer became a copy of comes from that layer`() throws {
        let keys = try kit.layerKeys().filter { !image.hexDiffIDs.contains($0) }
        let copy = "\(kit.path)/layers/sha256/\(try #require(keys.first))/tree/copy"
        try StoreDamage.flip(copy, byte: 1, bit: 3)
        #expect(CheckTests.lines(try kit.store.check(CheckTests.data)) == ["layer /copy: content"])
        #expect(try repair([]).isIntact)
    }

    @Test func `A file that no name is left of is put right as well`() throws {
        let keys = try kit.layerKeys().filter { !image.hexDiffIDs.contains($0) }
        let layer = "\(kit.path)/layers/sha256/\(try #require(keys.first))"
        let name = try #require(try TestFile.list(layer + "/shadowed").first)
        try StoreDamage.flip(layer + "/shadowed/" + name, byte: 1, bit: 3)
        #expect(CheckTests.lines(try kit.store.check(CheckTests.data)) == ["layer shadowed/\(name): content"])
        #expect(try kit.store.check().isIntact)
        #expect(try repair([archive]).isIntact)
        try TestFile.remove(layer + "/shadowed")
        #expect(CheckTests.lines(try kit.store.check()) == ["layer shadowed/\(name): missing"])
        #expect(try repair([archive], data: false).isIntact)
    }

    @Test(
        "A layer without a whole record or index is unpacked anew",
        arguments: ["layer.json", "index", "tree"],
        [0, 1, 2]
    )
    func anew(part: String, number: Int) throws {
        let key = number < 2 ? image.hexDiffIDs[number] : image.chainIDs[number].digest.hex
        let path = "\(kit.path)/layers/sha256/\(key)"
        let before = try StoreDamage.look(at: path + "/tree")
        try TestFile.remove("\(path)/\(part)")
        let without = try repair([])
        #expect(!without.isIntact && without.faults.contains { $0.remedy?.contains("--from") == true })
        let report = try repair([archive])
        #expect(report.isIntact, "\(CheckTests.lines(report)) \(report.problems)")
        #expect(try StoreDamage.look(at: path + "/tree") == before)
    }

    @Test func `An archive whose layer is not what it says changes nothing`() throws {
        let tree = CheckTests.layer(kit, image) + "/tree"
        try StoreDamage.flip(tree + "/d/file", byte: 0, bit: 0)
        var bytes = try TestFile.read(archive)
        let place = try #require(bytes.firstRange(of: Array("content".utf8))).lowerBound
        bytes[place + 3] ^= 1
        let before = try StoreDamage.look(at: tree)
        let report = try repair([kit.file("lying.tar", bytes)])
        #expect(!report.isIntact)
        #expect(report.problems.first?.contains("lying.tar") == true)
        #expect(try StoreDamage.look(at: tree) == before)
        #expect(try repair([kit.file("lying.tar", bytes), archive]).isIntact)
    }

    @Test func `Documents and blobs of an image come back from an archive`() throws {
        let kit = try KitStore()
        let image = try MadeImage(CheckTests.layers)
        try kit.load([image])
        let archive = try kit.file(
            "oci.tar",
            kit.saved(["example.test/made:1.0"], SaveOptions(.ociArchive, .gzip(level: 6)))
        )
        _ = try kit.store.remove("example.test/made:1.0")
        var options = LoadOptions()
        options.keepsBlobs = true
        try kit.load(archive, options)
        let folder = try "\(kit.path)/images/sha256/\(#require(try TestFile.list(kit.path + "/images/sha256").first))"
        for name in ["image.json", "config.json", "manifest.json"] {
            try TestFile.damage("\(folder)/\(name)", at: 40)
            #expect(try !kit.store.check().isIntact)
            let report = try kit.store.repair(from: [.file(archive)])
            #expect(report.isIntact, "\(name): \(CheckTests.lines(report)) \(report.problems)")
        }
        let blob = try "\(kit.path)/blobs/sha256/\(#require(try TestFile.list(kit.path + "/blobs/sha256").first))"
        try TestFile.damage(blob, at: 20)
        #expect(try kit.store.check().isIntact)
        #expect(try kit.store.check(CheckTests.data).faults.map(\.kind) == [.blob])
        #expect(try kit.store.repair(CheckTests.data, from: [.file(archive)]).isIntact)
    }

    @Test func `The record of a name goes, with word how to have it again; those of containers and volumes stay`()
        throws
    {
        let name = kit.path + "/names/example.test/other/:2"
        var bytes = try TestFile.read(name)
        bytes[1] ^= 4
        try TestFile.write(bytes, to: name)
        let container = try kit.store.createContainer(of: image.id, imageName: "app")
        _ = try kit.store.createVolume(named: "data")
        for record in ["containers/\(container.id.hex)/container.json", "volumes/data/volume.json"] {
            try TestFile.damage("\(kit.path)/\(record)", at: 90)
        }
        let report = try repair([archive])
        #expect(report.repairs.map(\.advice) == ["layerctl tag \(image.shortID) example.test/other:2"])
        #expect(report.faults.map(\.kind) == [.container, .volume])
        #expect(report.faults[1].reason.contains("volumes/data/_data"))
        #expect(TestFile.exists("\(kit.path)/containers/\(container.id.hex)/container.json"))
        #expect(!TestFile.exists(name))
    }

    @Test func `A store whose format alone is damaged is a store still, and other directories are not`() throws {
        try TestFile.damage(kit.path + "/format.json", at: 3)
        let store = try ImageStore(root: kit.path, access: .writing)
        #expect(try store.images().images.count == 1)
        #expect(CheckTests.lines(try store.check()).count == 1)
        #expect(try store.repair().isIntact)
        let scratch = try ScratchDirectory()
        try TestFile.write([1], to: scratch.path + "/format.json")
        #expect(throws: LayerError.self) { try ImageStore(root: scratch.path, access: .writing) }
    }
}
