import ImageSpec
import LayerKit
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

/// What a volume gets from an image when a container is made.
@Suite struct VolumeFillingTests {
    private let kit: KitStore

    /// What the image has: `data` with all kinds of files, and places that are no directories.
    private static let layers: [[String]] = [
        [
            "data/ 750", "data/one=1", "data/two=>data/one", "data/sub/ 700", "data/sub/to->../one", "data/gone=x",
            "data/pipe|",
            "file=old", "out->../../../../etc", "outside->/etc/", "etc/", "etc/passwd=image", "loop->loop",
            "empty/ 711",
        ],
        ["data/.wh.gone", "data/three=3"],
    ]

    init() throws { kit = try KitStore() }

    private func image(volumes: String = "{}") throws -> ImageID {
        var image = try MadeImage(Self.layers)
        image.runConfig = #"{"Cmd":["sh"],"Volumes":\#(volumes)}"#
        return try #require(try kit.load([image]).images.first).id
    }

    @discardableResult
    private func create(
        _ volumes: [String] = [],
        mounts: [String] = [],
        from donors: [String] = [],
        name: String? = nil,
        image: ImageID? = nil
    ) throws -> ContainerDetails {
        var requests = MountRequests()
        for text in volumes { try requests.addVolume(text, in: kit.path) }
        for text in mounts { try requests.addMount(text, in: kit.path, parseSize: { Int64($0) }) }
        requests.volumesFrom = donors
        return try kit.store.createContainer(
            of: try image ?? self.image(),
            imageName: "made",
            name: name,
            mounts: requests
        )
    }

    private func names(in volume: String) throws -> [String] { try TestFile.list(volumePath(volume)).sorted() }

    private func volumePath(_ name: String) -> String { kit.path + "/volumes/\(name)/_data" }

    private func volumes() throws -> [String] {
        let path = kit.path + "/volumes"
        return TestFile.exists(path) ? try TestFile.list(path).sorted() : []
    }

    @Test("an empty volume gets the files, modes, links and the root's own attributes")
    func fills() throws {
        try create(["vol:/data"])
        let lines = try TreeLines.read(volumePath("vol")).map { $0.split(separator: "\t") }
        #expect(
            lines.map { "\($0[0]) \($0[1]) \($0[2])" } == [
                "one file 0644", "pipe fifo 0644", "sub dir 0700", "sub/to symlink 0777", "three file 0644",
                "two file 0644",
            ]
        )
        #expect(lines.first { $0[0] == "one" }?[7] == "2")
        #expect(try Directory(path: volumePath("vol")).status().mode & 0o7777 == 0o750)
    }

    @Test("a volume that has files, or is asked not to be filled, stays as it is")
    func leavesAlone() throws {
        try create(["vol:/empty"])
        try TestFile.write([], to: volumePath("vol") + "/mine")
        try create(["vol:/data"])
        #expect(try names(in: "vol") == ["mine"])
        try create(["bare:/data:nocopy"])
        #expect(try names(in: "bare") == [])
        try create(mounts: ["src=other,dst=/data,volume-nocopy"])
        #expect(try names(in: "other") == [])
        try create(["absent:/not/there"])
        #expect(try names(in: "absent") == [])
    }

    @Test("links at the mount point lead about in the image and never out of it", arguments: ["/out", "/outside"])
    func staysInside(place: String) throws {
        try create(["vol:" + place])
        #expect(try names(in: "vol") == ["passwd"])
        #expect(try TestFile.read(volumePath("vol") + "/passwd") == Array("image".utf8))
    }

    /// A place that is no directory, and the error.
    private static let refusedPlaces = [
        ("/file", "cannot mount volume over existing file, file exists /file"), ("/loop", "too many symbolic links"),
    ]

    @Test("a place that can be no mount point is refused, and no volume stays", arguments: refusedPlaces)
    func refuses(place: String, message: String) throws {
        let image = try image(volumes: #"{"\#(place)":{}}"#)
        let error = #expect(throws: LayerError.self) { try create(["first:/data"], image: image) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
        #expect(throws: LayerError.self) { try create(["first:/data", "named:" + place]) }
        #expect(try volumes() == [])
        #expect(try kit.store.containers().containers.isEmpty)
    }

    @Test("a create that fails at last leaves no volume that it made, and those that were there")
    func allOrNothing() throws {
        try create(["kept:/data"], name: "box")
        let error = #expect(throws: LayerError.self) {
            try create(["new:/data", "kept:/empty", "/anonymous"], name: "box")
        }
        #expect(error?.code == .conflict)
        #expect(try volumes() == ["kept"])
    }

    @Test("the image's volumes get volumes of their own, once for each container")
    func anonymous() throws {
        let image = try image(volumes: #"{"/data":{},"/empty":{}}"#)
        let mounts = try (create(image: image).mounts, create(["named:/empty"], image: image).mounts)
        #expect(mounts.0.map(\.destination) == ["/data", "/empty"])
        #expect(mounts.1.map(\.isAnonymous) == [true, false])
        #expect(try volumes().count == 4)
        for mount in mounts.0 { #expect(mount.name?.wholeMatch(of: /[0-9a-f]{64}/) != nil) }
        #expect(try names(in: try #require(mounts.0.first?.name)) == ["one", "pipe", "sub", "three", "two"])
    }

    @Test("another container's mounts are taken over and nothing is filled again")
    func donors() throws {
        try create(["vol:/data", "\(kit.path):/host:ro"], name: "donor")
        try TestFile.remove(volumePath("vol") + "/one")
        let mounts = try create(from: ["donor:ro"]).mounts
        #expect(mounts.map(\.destination) == ["/data", "/host"])
        #expect(mounts.map(\.isReadOnly) == [true, true])
        #expect(try create(from: ["donor"]).mounts.map(\.isReadOnly) == [false, true])
        #expect(try !names(in: "vol").contains("one"))
        #expect(throws: LayerError.self) { try create(from: ["nobody"]) }
    }

    @Test("the source of a bind is made for -v alone")
    func bindSources() throws {
        let path = kit.path + "-host"
        let error = #expect(throws: LayerError.self) { try create(mounts: ["type=bind,src=\(path)/a,dst=/x"]) }
        #expect(error?.message == "invalid mount config for type \"bind\": bind source path does not exist: \(path)/a")
        #expect(!TestFile.exists(path))
        try create(["\(path)/a/b:/data"])
        #expect(try TestFile.list(path + "/a/b") == [])
        try create(mounts: ["type=bind,src=\(path)/c,dst=/x,bind-create-src"])
        #expect(TestFile.exists(path + "/c"))
    }

    @Test("owners and attributes come with the files", Need.root)
    func owners() throws {
        let path = Array("o/f".utf8)
        var attributes = FileAttributes(mode: 0o4711, uid: 12, gid: 34)
        attributes.extendedAttributes = [ExtendedAttribute(name: Array("user.k".utf8), value: [1, 0, 2])]
        let entries = [
            LayerEntry(
                try LayerPath(normalizing: Array("o".utf8)),
                .directory,
                attributes: FileAttributes(mode: 0o1770, uid: 5, gid: 6)
            ),
            LayerEntry(try LayerPath(normalizing: path), .regular, attributes: attributes),
        ]
        let image = try #require(try kit.load([MadeImage(tars: [TarBuilder.tar(entries)])]).images.first).id
        try create(["vol:/o"], image: image)
        let line = try #require(try TreeLines.read(volumePath("vol")).first)
        #expect(line.hasPrefix("f\tfile\t4711\t12\t34"), "\(line)")
        #expect(line.contains("user.k"), "\(line)")
        #expect(try Directory(path: volumePath("vol")).status().mode & 0o7777 == 0o1770)
    }
}
