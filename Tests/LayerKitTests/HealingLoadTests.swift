import Foundation
import LayerKit
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

/// A load of what the store has looks at it, and heals what is damaged.
@Suite struct HealingLoadTests {
    private let kit: KitStore
    private let archive: String
    private let image: MadeImage

    init() throws { (kit, archive, image) = try CheckTests.loaded() }

    @Test(
        "Each part of a layer is whole after another load",
        arguments: ["layer.json", "index", "tree/d/file", "tree/d", "tree"]
    )
    func parts(part: String) throws {
        let path = CheckTests.layer(kit, image)
        let before = try StoreDamage.look(at: path + "/tree")
        try TestFile.remove("\(path)/\(part)")
        let report = try kit.load(archive)
        #expect(report.healedLayers == [image.diffIDs[1]])
        #expect(try StoreDamage.look(at: path + "/tree") == before)
        #expect(try kit.store.check(CheckTests.data).isIntact)
        #expect(try kit.load(archive).healedLayers.isEmpty)
    }

    /// What somebody does to a tree, with the times of content put back.
    enum Touch: String, CaseIterable, Sendable {
        case mode, length, stray, twin, attribute, target

        func apply(to tree: String) throws {
            switch self {
            case .mode: try TestFile.setMode(0o600, of: tree + "/d/file")
            case .length:
                try StoreDamage.keepingTime(tree + "/d/file") { try TestFile.write([1], to: tree + "/d/file") }
            case .stray: try StoreDamage.keepingTime(tree + "/d") { try TestFile.write([1], to: tree + "/d/stray") }
            case .twin: try StoreDamage.keepingTime(tree) { try #require(link(tree + "/hard", tree + "/third") == 0) }
            case .attribute:
                let stray = ExtendedAttribute(name: Array("user.stray".utf8), value: [1])
                try Directory(path: tree + "/d").setExtendedAttribute(stray, of: "file")
            case .target:
                try StoreDamage.keepingTime(tree) {
                    try StoreDamage.keepingTime(tree + "/link") {
                        try TestFile.remove(tree + "/link")
                        try TestFile.makeLink(tree + "/link", to: "d/fill")
                    }
                }
            }
        }
    }

    @Test("What somebody has touched is found by a load, whatever the times of content say", arguments: Touch.allCases)
    func touched(touch: Touch) throws {
        let tree = CheckTests.layer(kit, image) + "/tree"
        let before = try StoreDamage.look(at: tree)
        #expect(try kit.load(archive).healedLayers.isEmpty)
        // The clock of a file system moves in steps.
        usleep(30_000)
        try touch.apply(to: tree)
        #expect(try kit.load(archive).healedLayers == [image.diffIDs[1]])
        #expect(try StoreDamage.look(at: tree) == before)
        #expect(try kit.load(archive).healedLayers.isEmpty)
    }

    @Test func `A bit in an index is found, and the load says what it has done`() throws {
        let index = CheckTests.layer(kit, image) + "/index"
        try StoreDamage.flip(index, byte: 50, bit: 1)
        let report = try kit.load(archive)
        #expect(report.healedLayers == [image.diffIDs[1]])
        #expect(report.warnings.contains { $0.hasPrefix("layer \(image.diffIDs[1]) was damaged (index: its digest") })
        #expect(report.unpackedLayerCount == 1)
        #expect(try kit.store.check(CheckTests.data).isIntact)
    }

    @Test func `A layer of a stack is unpacked anew where it lies`() throws {
        let path = "\(kit.path)/layers/sha256/\(image.chainIDs[2].digest.hex)"
        try StoreDamage.flip(path + "/index", byte: 50, bit: 1)
        #expect(try kit.load(archive).healedLayers == [image.diffIDs[2]])
        try TestFile.remove(path + "/tree/implied/name")
        let report = try kit.load(archive)
        #expect(report.healedLayers == [image.diffIDs[2]])
        #expect(report.unpackedLayerCount == 0)
        #expect(try kit.store.check(CheckTests.data).isIntact)
    }

    @Test func `A file that leaves out the damaged layer is refused`() throws {
        try kit.load([try MadeImage([CheckTests.layers[0]], tags: ["base:1"])])
        let thin = try kit.file(
            "thin.tar",
            kit.saved(["example.test/app:1"], SaveOptions(.ociArchive, since: ["base:1"]))
        )
        try TestFile.remove(CheckTests.layer(kit, image, 0) + "/tree/gone")
        let error = #expect(throws: LayerError.self) { try kit.load(thin) }
        #expect(error?.code == .corrupt && error?.message.contains("does not have it") == true)
        #expect(try kit.load(archive).healedLayers == [image.diffIDs[0]])
    }

    @Test func `A manifest that is damaged comes back with a load`() throws {
        let oci = try kit.file("oci.tar", kit.saved(["example.test/app:1"], SaveOptions(.ociArchive)))
        try kit.load(oci)
        let folder = "\(kit.path)/images/sha256/\(image.hexID)"
        try TestFile.damage(folder + "/manifest.json", at: 40)
        #expect(try !kit.store.check().isIntact)
        try kit.load(oci)
        #expect(try kit.store.check().isIntact)
    }
}
