import Foundation
import LayerKit
import LayerModel
import LayerSystem
import LayerTestKit
import TestImages
import Testing

/// `check` finds whatever has changed in a store, and nothing in one that is whole.
@Suite struct CheckTests {
    static let layers = [
        ["d/", "gone=1", "d/lower=shared"],
        [
            "d/", "d/file=content", "d/other=more", "link->d/file", "hard=one", "twin=>hard", "pipe|", ".wh.gone", "e/",
            "e/.wh..wh..opq",
        ],
        ["implied/name=2", "copy=>d/lower", "again=first", "again=second"],
    ]

    static func loaded(keepsBlobs: Bool = false) throws -> (kit: KitStore, archive: String, image: MadeImage) {
        let kit = try KitStore()
        let image = try MadeImage(layers, tags: ["example.test/app:1", "example.test/other:2"])
        let archive = try kit.file("app.tar", image.archive)
        var options = LoadOptions()
        options.keepsBlobs = keepsBlobs
        try kit.load(archive, options)
        return (kit, archive, image)
    }

    static func lines(_ report: CheckReport) -> [String] {
        report.faults.map { fault in
            let path = fault.path.map { " " + String(decoding: $0, as: UTF8.self) } ?? ""
            return "\(fault.kind.rawValue)\(path): \(fault.reason)"
        }
    }

    static var data: CheckOptions {
        var options = CheckOptions()
        options.readsData = true
        return options
    }

    @Test("What was loaded has no faults", arguments: SaveTests.fixtures)
    func intact(fixture: ImageFixture) throws {
        let kit = try KitStore()
        try kit.load(fixture.path, .platform("linux", "amd64"))
        let report = try kit.store.check(Self.data)
        #expect(report.isIntact, "\(Self.lines(report))")
        #expect(report.notes.isEmpty)
        #expect(report.counts[.layer] == (try kit.layerKeys().count))
    }

    @Test func `An attribute that no file of its kind can have is kept by the index alone, and is no fault`() throws {
        var tar = TarBuilder()
        let attribute = ExtendedAttribute(name: Array("user.a".utf8), value: Array("b".utf8))
        let attributes = FileAttributes(mode: 0o644, extendedAttributes: [attribute])
        for kind: UInt8 in Array("026".utf8) {
            let link = kind == UInt8(ascii: "2") ? Array("target".utf8) : []
            tar.add(name: [kind], typeFlag: kind, attributes: attributes, link: link)
        }
        tar.end()
        let kit = try KitStore()
        try kit.load([MadeImage(tars: [tar.bytes])])
        let report = try kit.store.check(Self.data)
        #expect(report.isIntact, "\(Self.lines(report))")
    }

    @Test func `A store that does not exist has no faults, and none is made by looking`() throws {
        let scratch = try ScratchDirectory()
        let store = try ImageStore(root: scratch.path + "/none", access: .reading)
        #expect(try store.check().isIntact)
        #expect(!TestFile.exists(scratch.path + "/none"))
    }

    @Test func `Every flipped bit is found, wherever it is, and no other`() throws {
        let (kit, _, image) = try Self.loaded(keepsBlobs: true)
        _ = try kit.store.createContainer(of: image.id, imageName: "app")
        _ = try kit.store.createVolume(named: "data")
        #expect(try kit.store.check(Self.data).isIntact)
        let files = try StoreDamage.files(of: kit.path)
        var generator = SeededGenerator(seed: 6)
        for file in files {
            let path = kit.path + "/" + file
            for _ in 0..<3 {
                let byte = Int.random(in: 0..<(try TestFile.read(path).count), using: &generator)
                let bit = Int.random(in: 0..<8, using: &generator)
                try StoreDamage.flip(path, byte: byte, bit: bit)
                // Opened anew: the store's own version is looked at then.
                let report = try ImageStore(root: kit.path, access: .reading).check(Self.data)
                #expect(!report.isIntact, "\(file), byte \(byte), bit \(bit)")
                try StoreDamage.flip(path, byte: byte, bit: bit)
            }
        }
        #expect(files.count > 20)
        #expect(try kit.store.check(Self.data).isIntact)
    }

    @Test("Each change of a tree is found by a look", arguments: VerifyTests.damages.dropFirst())
    func tree(damage: VerifyTests.Damage) throws {
        let kit = try KitStore()
        let image = try MadeImage([["gone=1"], VerifyTests.layer], tags: ["app:1"])
        let archive = try kit.file("app.tar", image.archive)
        try kit.load(archive)
        let tree = "\(kit.path)/layers/sha256/\(image.hexDiffIDs[1])/tree"
        let before = try StoreDamage.look(at: tree)
        try damage.change(tree)
        let found = try kit.store.check()
        #expect(
            found.faults.allSatisfy { $0.kind == .layer && $0.path?.first == UInt8(ascii: "/") && $0.remedy != nil }
        )
        #expect(!found.isIntact)
        let repaired = try kit.store.repair(Self.data, from: [.file(archive)])
        #expect(repaired.isIntact && !repaired.repairs.isEmpty, "\(Self.lines(repaired)) \(repaired.problems)")
        #expect(try StoreDamage.look(at: tree) == before)
    }

    /// Something that a check sees beside the files of layers.
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let fault: String
        let change: @Sendable (_ kit: KitStore, _ image: MadeImage) throws -> Void

        init(_ name: String, _ fault: String, _ change: @escaping @Sendable (KitStore, MadeImage) throws -> Void) {
            (testDescription, self.fault, self.change) = (name, fault, change)
        }
    }

    static func layer(_ kit: KitStore, _ image: MadeImage, _ number: Int = 1) -> String {
        "\(kit.path)/layers/sha256/\(image.hexDiffIDs[number])"
    }

    static let cases = [
        Case("an unknown file in the root", "store what: unexpected") { kit, _ in
            try TestFile.write([1], to: kit.path + "/what")
        },
        Case("an unknown file among layers", "store layers/sha256/what: unexpected") { kit, _ in
            try TestFile.write([1], to: kit.path + "/layers/sha256/what")
        },
        Case("an unknown file in a layer", "layer what: unexpected") { kit, image in
            try TestFile.write([1], to: layer(kit, image) + "/what")
        },
        Case("an unknown file in an image", "image what: unexpected") { kit, image in
            try TestFile.write([1], to: "\(kit.path)/images/sha256/\(image.hexID)/what")
        },
        Case("a record that others can write", "layer layer.json: others") { kit, image in
            try TestFile.setMode(0o666, of: layer(kit, image) + "/layer.json")
        },
        Case("a directory that others can write", "store names: others can write") { kit, _ in
            try TestFile.setMode(0o777, of: kit.path + "/names")
        },
        Case("a directory that others can look into", "store layers: others can look") { kit, _ in
            try TestFile.setMode(0o755, of: kit.path)
            try TestFile.setMode(0o755, of: kit.path + "/layers")
        },
        Case("a layer that is not there", "image: its layer") { kit, image in try TestFile.remove(layer(kit, image)) },
        Case("a tree that is not there", "layer tree: ") { kit, image in
            try TestFile.remove(layer(kit, image) + "/tree")
        },
        Case("an image that is not there", "name: its image") { kit, image in
            try TestFile.remove("\(kit.path)/images/sha256/\(image.hexID)")
        },
        Case("a config that is not there", "image: its config is missing") { kit, image in
            try TestFile.remove("\(kit.path)/images/sha256/\(image.hexID)/config.json")
        },
        Case("a copy of a name", "name: damaged record: it is that of") { kit, _ in
            let names = kit.path + "/names/example.test"
            try FileManager.default.copyItem(atPath: names + "/app/:1", toPath: names + "/app/:9")
        },
        Case("an index of another length", "layer index: its length") { kit, image in
            try TestFile.write(TestFile.read(layer(kit, image) + "/index") + [0], to: layer(kit, image) + "/index")
        },
        Case("an opaque directory that hides nothing", "layer /e: overlay marks") { kit, image in
            let attribute = getuid() == 0 ? "trusted.overlay.opaque" : "user.overlay.opaque"
            try Directory(path: layer(kit, image) + "/tree").removeExtendedAttribute(attribute, of: "e")
        },
        Case("the mode of a tree's root", "layer /: mode") { kit, image in
            try TestFile.setMode(0o711, of: layer(kit, image) + "/tree")
        },
    ]

    @Test("Whatever else is not as it should be is found, and what can be is put right", arguments: cases)
    func place(damage: Case) throws {
        let (kit, archive, image) = try Self.loaded()
        try damage.change(kit, image)
        let found = Self.lines(try kit.store.check())
        #expect(found.contains { $0.hasPrefix(damage.fault) }, "\(found)")
        let repaired = try kit.store.repair(Self.data, from: [.file(archive)])
        let needsHand = damage.fault.contains("unexpected") || damage.fault.contains("its image")
        #expect(repaired.isIntact || needsHand, "\(Self.lines(repaired)) \(repaired.problems)")
    }
}
