import ImageSpec
import LayerKit
import LayerModel
import LayerTestKit
import Testing

/// `cp`, `ls`, `cat`, `put` and `rm` of paths that lead through what a container has mounted.
@Suite struct JoinedTreeTests {
    private let kit: KitStore
    private let host: String

    /// The container's own tree: `run` is where `var/run` leads.
    private static let layer = [
        "data/", "data/image=image", "run/", "var/", "var/run->../run", "own=own", "intodata->data/link", "etc/",
        "etc/conf=image",
    ]

    init() throws {
        kit = try KitStore()
        host = String(kit.path.dropLast("/store".count)) + "/host"
        let id = try #require(try kit.load([MadeImage([Self.layer])]).images.first).id
        for path in ["\(host)/file", "\(host)/dir/file", "\(host)/conf"] {
            try TestFile.makeDirectories(String(path.dropLast(path.split(separator: "/").last?.count ?? 0)))
            try TestFile.write(Array("host".utf8), to: path)
        }
        var requests = MountRequests()
        for text in [
            "vol:/data:nocopy", "\(host)/dir:/data/inner:ro", "\(host):/var/run/deep/er", "\(host)/conf:/etc/conf",
        ] {
            try requests.addVolume(text, in: "/")
        }
        try requests.addMount("type=image,src=example.test/made:1.0,dst=/img", in: "/", parseSize: { _ in nil })
        _ = try kit.store.createContainer(of: id, imageName: "made", name: "box", mounts: requests)
        try put("volume", at: "/data/file")
    }

    private func put(_ text: String, at path: String) throws {
        let file = try kit.file("put", Array(text.utf8))
        try kit.store.putFile(file, at: "box:" + path)
    }

    private func content(_ path: String) throws -> String {
        var bytes: [UInt8] = []
        try kit.store.readFile(at: "box:" + path) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func names(_ path: String) throws -> [String] {
        try kit.store.files(at: "box:" + path).map { String(decoding: $0.name, as: UTF8.self) }
    }

    private func changes() throws -> [String] {
        try kit.store.changes(of: "box").map { "\($0.kind.rawValue) " + String(decoding: $0.path, as: UTF8.self) }
    }

    @Test("what is mounted is seen where the container sees it")
    func listing() throws {
        #expect(try names("/") == ["data", "etc", "img", "intodata", "own", "run", "var"])
        #expect(try names("/data/") == ["file", "inner"])
        #expect(try names("/run/") == ["deep"])
        #expect(try names("/run/deep/") == ["er"])
        #expect(try names("/var/run/deep/er/") == ["conf", "dir", "file"])
        #expect(try names("/img/") == ["data", "etc", "intodata", "own", "run", "var"])
        #expect(try content("/data/inner/file") == "host")
        #expect(try content("/img/data/image") == "image")
        #expect(try content("/etc/conf") == "host")
        #expect(throws: LayerError.self) { try content("/data/image") }
    }

    @Test("links and dots cross from the container's tree into a volume and back")
    func crossing() throws {
        let link = host + "/made-link"
        try TestFile.makeLink(link, to: "/own")
        _ = try kit.store.copy(link, to: "box:/data/link")
        #expect(try content("/data/link") == "own")
        #expect(try content("/intodata") == "own")
        #expect(try content("/data/../own") == "own")
        #expect(try content("/run/deep/er/dir/../../../../own") == "own")
        try TestFile.makeLink(host + "/dir/up", to: "../../../../../../../own")
        #expect(try content("/data/inner/up") == "own")
        #expect(try content("/run/deep/er/dir/up") == "own")
    }

    @Test("what is written goes into the volume or the host's directory, and never into a layer")
    func writing() throws {
        try put("new", at: "/run/deep/er/new")
        #expect(try TestFile.read(host + "/new") == Array("new".utf8))
        #expect(try TestFile.read(kit.path + "/volumes/vol/_data/file") == Array("volume".utf8))
        _ = try kit.store.copy(host + "/dir", to: "box:/data/copied")
        #expect(try names("/data/copied/") == ["file"])
        try kit.store.removeFile(at: "box:/data/copied", isRecursive: true)
        #expect(try names("/data/") == ["file", "inner"])
        #expect(try changes() == [])
        try put("x", at: "/data/../own")
        #expect(try changes() == ["C /own"])
    }

    @Test("nothing is written through what is mounted to be read only", arguments: ["/data/inner/file", "/img/own"])
    func readOnly(path: String) throws {
        for attempt in [
            { try put("x", at: path) }, { try kit.store.removeFile(at: "box:" + path, isRecursive: false) },
        ] {
            let error = #expect(throws: LayerError.self) { try attempt() }
            #expect(error?.message.contains("mounted volume is marked read-only") == true, "\(error?.message ?? "")")
        }
        #expect(try TestFile.read(host + "/dir/file") == Array("host".utf8))
    }

    @Test(
        "a mount point, and what holds one, is not removed",
        arguments: ["/data", "/data/inner", "/run", "/etc/conf"]
    )
    func busy(path: String) throws {
        let error = #expect(throws: LayerError.self) {
            try kit.store.removeFile(at: "box:" + path, isRecursive: true)
        }
        #expect(error?.message.contains("something is mounted there") == true, "\(error?.message ?? "")")
        #expect(try content("/etc/conf") == "host")
    }

    @Test("a copy out of a container takes what is mounted below along")
    func copyOut() throws {
        _ = try kit.store.copy("box:/data", to: host + "/out")
        #expect(try TestFile.list(host + "/out").sorted() == ["file", "inner"])
        #expect(try TestFile.read(host + "/out/inner/file") == Array("host".utf8))
    }

    @Test("an image that is mounted somewhere is in use")
    func imageInUse() throws {
        try kit.store.removeContainer("box")
        let other = try #require(try kit.load([MadeImage([["x=1"]], tags: ["other:1"])]).images.first).id
        var requests = MountRequests()
        try requests.addMount("type=image,src=example.test/made:1.0,dst=/img", in: "/", parseSize: { _ in nil })
        _ = try kit.store.createContainer(of: other, imageName: "other", name: "user", mounts: requests)
        let error = #expect(throws: LayerError.self) { try kit.store.remove("example.test/made:1.0") }
        #expect(error?.code == .conflict)
    }
}
