import Foundation
import LayerKit
import LayerModel
import LayerTestKit
import Testing

/// The table of contract 3.10, on a container that is not mounted and on one that is.
@Suite(.serialized) struct CopyTests {
    /// A store with one container, and a directory of the host beside it.
    private final class Fixture {
        let kit: KitStore
        let host: String
        let out: String
        private let isMounted: Bool

        init(isMounted: Bool) throws {
            kit = try KitStore()
            self.isMounted = isMounted
            let report = try kit.load([MadeImage(CopyCase.container)])
            let id = try #require(report.images.first).id
            _ = try kit.store.createContainer(of: id, imageName: "made", name: "box")
            host = String(kit.path.dropLast("/store".count)) + "/host"
            out = host + "-out"
            try Self.run(
                """
                mkdir -p \(host)/dir/sub \(out)/there; cd \(host); echo host > file; echo 1 > dir/one; echo 2 > dir/sub/two
                ln -s file link; ln -s dir dirlink; mkfifo pipe; echo taken > \(out)/taken; echo canary > \(out)/../secret
                """
            )
            if isMounted { _ = try kit.store.mount("box") }
        }

        deinit {
            if isMounted { try? kit.store.unmount("box", isLazy: true) }
        }

        static func run(_ script: String) throws {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-ec", script]
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }

        func changes() throws -> [String] {
            try kit.store.changes(of: "box").map { "\($0.kind.rawValue) " + String(decoding: $0.path, as: UTF8.self) }
        }

        func content(_ path: String) throws -> String {
            var bytes: [UInt8] = []
            try kit.store.readFile(at: "box:" + path) { bytes += $0 }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func options(_ row: CopyCase) -> CopyOptions {
        var options = CopyOptions()
        options.followsLinks = row.followsLinks
        return options
    }

    private func copyIn(_ row: CopyCase, isMounted: Bool) throws {
        let fixture = try Fixture(isMounted: isMounted)
        let source = fixture.host + "/" + row.source
        func copy() throws { _ = try fixture.kit.store.copy(source, to: "box:" + row.destination, Self.options(row)) }
        if let lines = row.lines {
            try copy()
            #expect(try fixture.changes() == lines)
        } else {
            let error = #expect(throws: LayerError.self) { try copy() }
            #expect(error?.message.contains(row.refusal) == true, "\(error?.message ?? "")")
        }
    }

    private func copyOut(_ row: CopyCase, isMounted: Bool) throws {
        let fixture = try Fixture(isMounted: isMounted)
        let target = fixture.out + "/" + row.destination
        func copy() throws { _ = try fixture.kit.store.copy("box:" + row.source, to: target, Self.options(row)) }
        if let lines = row.lines {
            try copy()
            let shown = try TreeLines.read(fixture.out).map { line in
                line.split(separator: "\t").prefix(2).joined(separator: " ")
            }
            #expect(shown == (lines + ["taken file", "there dir"]).sorted())
        } else {
            let error = #expect(throws: LayerError.self) { try copy() }
            #expect(error?.message.contains(row.refusal) == true, "\(error?.message ?? "")")
        }
        #expect(try fixture.changes() == [])
    }

    @Test("Into a container that is not mounted", arguments: CopyCase.inward)
    func inward(row: CopyCase) throws { try copyIn(row, isMounted: false) }

    @Test("Into a mounted container", Need.root, arguments: CopyCase.inward)
    func inwardMounted(row: CopyCase) throws { try copyIn(row, isMounted: true) }

    @Test("Out of a container that is not mounted", arguments: CopyCase.outward)
    func outward(row: CopyCase) throws { try copyOut(row, isMounted: false) }

    @Test("Out of a mounted container", Need.root, arguments: CopyCase.outward)
    func outwardMounted(row: CopyCase) throws { try copyOut(row, isMounted: true) }

    @Test("Several names of one file stay that, and times stay too")
    func linksAndTimes() throws {
        let fixture = try Fixture(isMounted: false)
        _ = try fixture.kit.store.copy("box:/tree", to: fixture.out + "/t")
        let lines = try TreeLines.read(fixture.out + "/t").map { $0.split(separator: "\t") }
        #expect(lines.first { $0[0] == "one" }?[7] == "2")
        #expect(lines.allSatisfy { $0[5] == "0.000000000" })
        _ = try fixture.kit.store.copy("box:/tree", to: "box:/copy")
        #expect(try fixture.changes().contains("A /copy/two"))
        _ = try fixture.kit.store.copy("box:/copy", to: fixture.out + "/u")
        #expect(try TreeLines.read(fixture.out + "/u") == TreeLines.read(fixture.out + "/t"))
    }

    @Test("A directory cannot be copied into itself")
    func intoItself() throws {
        let fixture = try Fixture(isMounted: false)
        #expect(throws: LayerError.self) { try fixture.kit.store.copy("box:/tree", to: "box:/tree/sub") }
        #expect(throws: LayerError.self) { try fixture.kit.store.copy("box:/", to: "box:/tree") }
        #expect(try fixture.changes() == [])
    }

    @Test("What is copied in belongs to root, with -a to whom it belonged", Need.root)
    func owners() throws {
        let fixture = try Fixture(isMounted: false)
        try Fixture.run("chown -R 7:8 \(fixture.host); chmod 4711 \(fixture.host)/file")
        _ = try fixture.kit.store.copy(fixture.host + "/file", to: "box:/plain")
        var options = CopyOptions()
        options.isArchive = true
        _ = try fixture.kit.store.copy(fixture.host + "/file", to: "box:/kept", options)
        let files = try fixture.kit.store.files(at: "box:/")
        let plain = try #require(files.first { $0.name == Array("plain".utf8) }?.attributes)
        let kept = try #require(files.first { $0.name == Array("kept".utf8) }?.attributes)
        #expect([plain.uid, plain.gid, UInt32(plain.mode)] == [0, 0, 0o4711])
        #expect([kept.uid, kept.gid, UInt32(kept.mode)] == [7, 8, 0o4711])
        // What comes out belongs to the user, and so it runs as nobody else.
        _ = try fixture.kit.store.copy("box:/kept", to: fixture.out + "/kept")
        let line = try #require(TreeLines.read(fixture.out).first { $0.hasPrefix("kept") }).split(separator: "\t")
        #expect(line[2...4] == ["0711", "0", "0"])
        _ = try fixture.kit.store.copy("box:/kept", to: fixture.out + "/kept", options)
        let again = try #require(TreeLines.read(fixture.out).first { $0.hasPrefix("kept") }).split(separator: "\t")
        #expect(again[2...4] == ["4711", "7", "8"])
    }

    @Test("An image is read, and never written")
    func images() throws {
        let fixture = try Fixture(isMounted: false)
        let image = "example.test/made:1.0"
        _ = try fixture.kit.store.copy(image + ":/dir", to: fixture.out + "/d")
        #expect(try TreeLines.read(fixture.out + "/d").count == 1)
        #expect(throws: LayerError.self) { try fixture.kit.store.copy(fixture.host + "/file", to: image + ":/x") }
        #expect(try fixture.kit.store.files(at: image + ":/dir").map(\.name) == [Array("kept".utf8)])
        #expect(throws: LayerError.self) { try fixture.kit.store.copy("nobody:/x", to: fixture.out) }
    }

    @Test("A file is put, read, and removed")
    func files() throws {
        let fixture = try Fixture(isMounted: false)
        try fixture.kit.store.putFile(fixture.host + "/file", at: "box:/up")
        #expect(try fixture.content("/file") == "host\n")
        try fixture.kit.store.removeFile(at: "box:/file", isRecursive: false)
        #expect(throws: LayerError.self) { try fixture.content("/file") }
        #expect(throws: LayerError.self) { try fixture.kit.store.removeFile(at: "box:/tree", isRecursive: false) }
        try fixture.kit.store.removeFile(at: "box:/tree", isRecursive: true)
        #expect(throws: LayerError.self) { try fixture.content("/pipe") }
        #expect(try fixture.changes() == ["D /file", "D /tree"])
    }
}
