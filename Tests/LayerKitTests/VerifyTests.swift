import Foundation
import LayerKit
import LayerModel
import LayerTestKit
import TestImages
import Testing

/// `verify` finds whatever has changed, by its name, and nothing else.
@Suite struct VerifyTests {
    static let layer = [
        "d/", "d/file=content", "d/other=more", "link->d/file", "hard=one", "twin=>hard", "pipe|", ".wh.gone",
    ]

    private func loaded() throws -> (kit: KitStore, tree: String) {
        let kit = try KitStore()
        let image = try MadeImage([["gone=1"], Self.layer], tags: ["app:1"])
        try kit.load([image])
        return (kit, "\(kit.path)/layers/sha256/\(image.diffIDs[1].digest.hex)/tree")
    }

    @Test("What was loaded is as it was, in the store and in its file", arguments: SaveTests.fixtures)
    func intact(fixture: ImageFixture) throws {
        let kit = try KitStore()
        try kit.load(fixture.path, .platform("linux", "amd64"))
        let report = try kit.store.verifyAll()
        #expect(report.isIntact, "\(report.layers.flatMap(\.faults))")
        #expect(report.images.count == (try kit.imageIDs().count))
        for id in try kit.imageIDs() {
            let image = try kit.store.verify([id])
            #expect(image.isIntact && image.layers.map(\.diffID).count == Set(image.images[0].layers).count)
        }
        let archive = try ArchiveImages(.file(fixture.path), platform: LoadOptions.platform("linux", "amd64").platform)
        let file = try archive.verify()
        #expect(
            file.isIntact && Set(file.layers.map(\.diffID)) == Set(file.images.flatMap(\.layers)),
            "\(file.layers.flatMap(\.faults))"
        )
    }

    /// A way to change a tree, and what is said of it.
    struct Damage: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let faults: [String]
        let change: @Sendable (_ tree: String) throws -> Void

        init(_ name: String, _ faults: [String], _ change: @escaping @Sendable (_ tree: String) throws -> Void) {
            (testDescription, self.faults, self.change) = (name, faults, change)
        }

        /// Does something to a file and puts its time back.
        static func keepingTime(_ path: String, _ body: () throws -> Void) throws {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            try body()
            let time = try #require(attributes[.modificationDate] as? Date)
            try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
        }
    }

    static let damages = [
        Damage("a bit, the time put back", ["d/file: content"]) { tree in
            try Damage.keepingTime(tree + "/d/file") { try TestFile.damage(tree + "/d/file", at: 0) }
        },
        Damage("a byte more, the time put back", ["d/file: size"]) { tree in
            try Damage.keepingTime(tree + "/d/file") {
                try TestFile.write(Array("content+".utf8), to: tree + "/d/file")
            }
        },
        Damage("a mode", ["d/other: mode"]) { try TestFile.setMode(0o600, of: $0 + "/d/other") },
        Damage("a file more", ["d/new: unexpected"]) { tree in
            try Damage.keepingTime(tree + "/d") { try TestFile.write([1], to: tree + "/d/new") }
        },
        Damage("a file less", ["d/file: content", "d/file: missing"]) { tree in
            try Damage.keepingTime(tree + "/d") { try TestFile.remove(tree + "/d/file") }
        },
        Damage("a whiteout less", ["gone: missing"]) { tree in
            try Damage.keepingTime(tree) { try TestFile.remove(tree + "/gone") }
        },
        Damage("a file for a whiteout", ["gone: kind"]) { tree in
            try Damage.keepingTime(tree) {
                try TestFile.remove(tree + "/gone")
                try TestFile.write([], to: tree + "/gone")
            }
        },
        Damage("two files for two names of one", ["twin: hard links"]) { tree in
            let content = try TestFile.read(tree + "/twin")
            let attributes = try FileManager.default.attributesOfItem(atPath: tree + "/twin")
            try Damage.keepingTime(tree) {
                try TestFile.remove(tree + "/twin")
                try TestFile.write(content, to: tree + "/twin")
            }
            let time = try #require(attributes[.modificationDate] as? Date)
            try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: tree + "/twin")
        },
        Damage("another time of the root", [": modification time"]) { tree in
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 7)],
                ofItemAtPath: tree
            )
        },
        Damage("another target", ["link: modification time", "link: target"]) { tree in
            try Damage.keepingTime(tree) {
                try TestFile.remove(tree + "/link")
                try FileManager.default.createSymbolicLink(atPath: tree + "/link", withDestinationPath: "d/else")
            }
        },
    ]

    @Test("Each change of a tree is found by its name", arguments: damages)
    func damage(damage: Damage) throws {
        let (kit, tree) = try loaded()
        #expect(try kit.store.verifyAll().isIntact)
        try damage.change(tree)
        let report = try kit.store.verify(["app:1"])
        let faults = report.layers.flatMap(\.faults).map { fault in
            "\(String(decoding: fault.path ?? [], as: UTF8.self)): \(fault.reason)"
        }
        #expect(faults.sorted() == damage.faults)
        #expect(!report.isIntact)
    }

    @Test func `A layer that is not there, and one whose record is damaged, are said so`() throws {
        let (kit, tree) = try loaded()
        let layer = String(tree.dropLast("/tree".count))
        try TestFile.damage(layer + "/layer.json", at: 80)
        #expect(try kit.store.verifyAll().problems.count == 1)
        #expect(try kit.store.verify(["app:1"]).layers.map(\.faults.count) == [0, 1])
        try TestFile.remove(layer)
        #expect(try kit.store.verify(["app:1"]).layers.map(\.faults.count) == [0, 1])
    }

    @Test func `A layer of a file that is damaged is named, and one that was left out is no fault`() throws {
        let (kit, _) = try loaded()
        try kit.load([try MadeImage([["gone=1"]], tags: ["base:1"])])
        var bytes = try kit.saved(["app:1"], SaveOptions(.ociArchive))
        let path = try kit.file("whole.tar", bytes)
        #expect(try ArchiveImages(.file(path)).verify().isIntact)
        let place = try #require(bytes.firstRange(of: Array("content".utf8))).lowerBound
        bytes[place] ^= 1
        let report = try ArchiveImages(.file(kit.file("damaged.tar", bytes))).verify()
        #expect(report.layers.map(\.faults.count) == [0, 1])
        #expect(report.layers[1].faults[0].reason.contains("damaged.tar"))
        let thin = try kit.file("thin.tar", kit.saved(["app:1"], SaveOptions(.ociArchive, since: ["base:1"])))
        let partial = try ArchiveImages(.file(thin)).verify()
        #expect(partial.isIntact && partial.layers.map(\.isAbsent) == [true, false])
    }
}
