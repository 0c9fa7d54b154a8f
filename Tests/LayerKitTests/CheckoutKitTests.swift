import Foundation
import LayerArchive
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

    /// Changes the payload of a record, which stays whole.
    private static func rewrite(_ path: String, _ change: (String) -> String) throws {
        let text = String(decoding: try TestFile.read(path), as: UTF8.self)
        let payload = change(text.drop { $0 != "\n" }.dropFirst().description)
        #expect(!text.hasSuffix(payload))
        let digest = Digest.sha256(of: Array(payload.utf8))
        try TestFile.write(Array("layerctl-record 1 \(payload.utf8.count) \(digest)\n\(payload)".utf8), to: path)
    }

    @Test("Made without durability, it is refused once its file system was mounted anew: what is missing may be lost")
    func unsynchronized() throws {
        let kit = try KitStore()
        let image = try MadeImage([["a=one"]])
        try kit.load([image])
        let box = try kit.store.createContainer(of: image.id, imageName: "made", name: "box")
        let scratch = try ScratchDirectory()
        let careless = try ImageStore(root: kit.path, access: .writing, durability: .none)
        _ = try careless.mount("box", at: scratch.path, Self.options())
        #expect(try Self.lines(kit) == [])
        let record = "\(kit.path)/containers/\(box.id)/checkout.json"
        try Self.rewrite(record) {
            $0.replacing(/"unsynchronizedSession":"[^"]*"/, with: #""unsynchronizedSession":"another 7""#)
        }
        let error = #expect(throws: LayerError.self) { _ = try Self.lines(kit) }
        #expect(error?.message.contains("mounted anew") == true, "\(String(describing: error))")
        #expect(try careless.changes(of: "box").isEmpty)
        try careless.unmount("box")
        #expect(try Self.lines(kit) == [])
    }
}
