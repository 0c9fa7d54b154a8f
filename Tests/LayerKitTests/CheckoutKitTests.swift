import Foundation
import LayerKit
import LayerModel
import LayerTestKit
import Testing

@Suite("A container where nothing can be mounted is a directory of its own") struct CheckoutKitTests {
    private static func options() -> MountOptions {
        var options = MountOptions()
        options.driver = "copy"
        return options
    }

    private static func lines(_ kit: KitStore) throws -> [String] {
        try kit.store.changes(of: "box").map { "\($0.kind.rawValue) \(String(decoding: $0.path, as: UTF8.self))" }
    }

    @Test("It is mounted, changed, seen by diff, listed, committed and folded, and cannot be removed meanwhile")
    func wholeLife() throws {
        let kit = try KitStore()
        let image = try MadeImage([["etc/", "etc/a=one", "d/", "d/x=deep"]])
        try kit.load([image])
        _ = try kit.store.createContainer(of: image.id, imageName: "made", name: "box")
        let scratch = try ScratchDirectory()
        let details = try kit.store.mount("box", at: scratch.path, Self.options())
        #expect(details.driver == "copy")
        #expect(try kit.store.mount("box").path == details.path)
        #expect(try kit.store.mounts().map(\.path) == [details.path])
        #expect(try Self.lines(kit) == [])
        try TestFile.write(Array("changed".utf8), to: scratch.path + "/etc/a")
        try TestFile.remove(scratch.path + "/d")
        let expected = ["D /d", "C /etc", "C /etc/a"]
        #expect(try Self.lines(kit) == expected)
        let diffID = try kit.store.commit("box").diffID
        #expect(throws: LayerError.self) { try kit.store.removeContainer("box") }
        #expect(throws: LayerError.self) { try kit.store.mount("box", at: "/tmp", Self.options()) }
        try kit.store.unmount("box")
        #expect(try TestFile.list(scratch.path) == [])
        #expect(try kit.store.mounts().isEmpty)
        #expect(try Self.lines(kit) == expected)
        #expect(try kit.store.commit("box").diffID == diffID)
        _ = try kit.store.mount("box", at: scratch.path, Self.options())
        try kit.store.unmount(scratch.path)
        _ = try kit.store.mount("box", at: scratch.path, Self.options())
        try kit.store.removeContainer("box", isForced: true)
        #expect(try TestFile.list(scratch.path) == [])
    }
}
