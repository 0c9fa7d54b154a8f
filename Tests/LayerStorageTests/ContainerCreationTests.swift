import ImageSpec
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerStorage

/// What a new container is: on disk, and by its name.
@Suite struct ContainerCreationTests {
    private let sample: SampleStore
    private let image: MadeImage

    init() throws {
        sample = try SampleStore()
        image = try MadeImage([["a=1"], ["d/", "d/b=2"]], tags: ["app"])
        try sample.add(image)
    }

    @Test func `A container is a directory with a record and three directories`() throws {
        let record = try sample.create(image, name: "web", labels: ["k": "v"])
        let names = try TestFile.list(sample.store.containerPath(record.id))
        #expect(names == ["container.json", "merged", "upper", "work"])
        #expect(try sample.list("containers") == [record.id.hex])
        #expect(try sample.list("staging") == [])
        let read = try #require(try sample.reopened().containerRecord(record.id))
        #expect(read == record)
        #expect(read.name == "web")
        #expect(read.imageID == image.id)
        #expect(read.imageName == "app")
        #expect(read.layers.map(\.diffID) == image.diffIDs)
        #expect(read.labels == ["k": "v"])
        #expect(abs(read.created.seconds - Host.now().seconds) < 60)
    }

    @Test("The root of a new container looks like that of its topmost layer", arguments: ["750", "1777", "555"])
    func root(mode: String) throws {
        let other = try MadeImage([["a=1", "./ 700"], ["./ " + mode, "d/"]])
        try sample.add(other)
        let tree = try Directory(path: sample.layerPath(other.diffIDs[1]) + "/tree")
        // An ordinary user's own tree stays one that this user may work in.
        #expect(try Host.effectiveUserID != 0 || String(tree.status().mode, radix: 8) == mode)
        try tree.setExtendedAttribute(ExtendedAttribute(name: Array("user.note".utf8), value: [1, 2]))
        let record = try sample.create(other)
        let upper = try sample.store.containerDirectory(record.id).open("upper")
        let (below, above) = (try tree.status(), try upper.status())
        #expect(above.mode == below.mode)
        #expect(above.uid == below.uid && above.gid == below.gid)
        #expect(above.modificationTime == below.modificationTime)
        #expect(try upper.extendedAttribute("user.note") == [1, 2])
    }

    @Test("The root's owner is the layer's", Need.root)
    func owner() throws {
        let tree = try Directory(path: sample.layerPath(image.diffIDs[1]) + "/tree")
        try tree.setOwner(uid: 1234, gid: 2345)
        let upper = try sample.store.containerDirectory(sample.create(image).id).open("upper")
        #expect(try upper.status().uid == 1234)
        #expect(try upper.status().gid == 2345)
    }

    @Test func `What overlayfs says of a layer's root is not said of the container's`() throws {
        let tree = try Directory(path: sample.layerPath(image.diffIDs[1]) + "/tree")
        let opaque = ExtendedAttribute(name: Array("user.overlay.opaque".utf8), value: Array("y".utf8))
        try tree.setExtendedAttribute(opaque)
        let upper = try sample.store.containerDirectory(sample.create(image).id).open("upper")
        #expect(try upper.extendedAttribute("user.overlay.opaque") == nil)
    }

    @Test func `An image without layers makes a container as well`() throws {
        let empty = MadeImage(tars: [], tags: ["empty"])
        try sample.add(empty)
        let record = try sample.create(empty)
        #expect(record.layers.isEmpty)
        #expect(try sample.store.containerDirectory(record.id).open("upper").status().mode == 0o755)
    }

    @Test func `Nobody's wish for a name is answered by two words`() throws {
        var names: Set<String> = []
        for _ in 0..<20 {
            let name = try sample.create(image).name
            #expect(name.wholeMatch(of: /[a-z]+_[a-z]+[0-9]*/) != nil, "\(name)")
            names.insert(name)
        }
        #expect(names.count == 20)
    }

    @Test func `A number is put behind words that are taken`() throws {
        let words = ContainerNameWords.self
        var taken = Set(words.qualities.flatMap { quality in words.things.map { "\(quality)_\($0)" } })
        #expect(taken.count == words.qualities.count * words.things.count)
        let first = try ContainerName.random(notIn: taken)
        #expect(first.last == "1")
        taken.formUnion(taken.map { $0 + "1" })
        #expect(try ContainerName.random(notIn: taken).last == "2")
    }

    @Test("Names are Docker's", arguments: ["ab", "A.b-c_9", "0x", "/slash", String(repeating: "n", count: 300)])
    func goodNames(name: String) throws {
        #expect(try sample.create(image, name: name).name == (name == "/slash" ? "slash" : name))
    }

    @Test(
        "What is no name is refused",
        arguments: ["a", "", "-ab", "_ab", ".ab", "a b", "a/b", "//ab", "äb", "ab\n", "ab:c"]
    )
    func badNames(name: String) throws {
        let error = #expect(throws: StorageError.self) { try sample.create(image, name: name) }
        #expect(error?.kind == .invalid)
        #expect(
            error?.description == "Invalid container name (\(name)), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"
        )
        #expect(try sample.list("containers") == [])
    }

    @Test func `A name belongs to one container`() throws {
        let first = try sample.create(image, name: "web")
        for name in ["web", "/web"] {
            let error = #expect(throws: StorageError.self) { try sample.create(image, name: name) }
            #expect(error?.kind == .conflict)
            #expect(
                error?.description == "Conflict. The container name \"/web\" is already in use by container "
                    + "\"\(first.id)\". You have to remove (or rename) that container to be able to reuse that name."
            )
        }
        #expect(try sample.store.containers().records == [first])
        try sample.store.removeContainer(first.id)
        #expect(try sample.create(image, name: "web").id != first.id)
    }

    @Test func `Of creators at once one gets the name`() throws {
        let sample = sample
        let image = image
        let stored = try sample.store.resolve("app")
        try WorkerPool.run(workers: 4, jobs: 12) { job in
            let store = try sample.reopened(.writing)
            do {
                _ = try store.createContainer(image: stored, imageName: "\(job)", name: "same")
            } catch let error as StorageError {
                #expect(error.kind == .conflict)
            }
            _ = try store.createContainer(image: stored, imageName: "app")
        }
        let records = try sample.store.containers().records
        #expect(records.count == 13)
        #expect(Set(records.map(\.name)).count == 13)
        #expect(records.count { $0.name == "same" } == 1)
        #expect(records.allSatisfy { $0.imageID == image.id })
    }

    @Test func `An image that went meanwhile makes no container`() throws {
        let stored = try sample.store.resolve("app")
        _ = try sample.store.remove("app", isForced: false, isDryRun: false)
        let error = #expect(throws: StorageError.self) {
            try sample.store.createContainer(image: stored, imageName: "app")
        }
        #expect(error?.kind == .notFound)
        #expect(error?.description == "No such image: app")
        #expect(try sample.list("containers") == [] && sample.list("staging") == [])
    }

    @Test func `A damaged layer makes no container`() throws {
        try TestFile.remove(sample.layerPath(image.diffIDs[0]) + "/index")
        let error = #expect(throws: StorageError.self) { try sample.create(image) }
        #expect(error?.kind == .corrupt)
        #expect(error?.description.contains("layer \(image.diffIDs[0]) of image app is missing or damaged") == true)
        #expect(try sample.list("containers") == [])
    }

    @Test func `A store from before there were containers has none, and gets them`() throws {
        try TestFile.remove(sample.path + "/containers")
        #expect(try sample.reopened().containers().records == [])
        #expect(throws: StorageError.self) { try sample.reopened().container("web") }
        #expect(!TestFile.exists(sample.path + "/containers"))
        let store = try sample.reopened(.writing)
        _ = try store.createContainer(image: store.resolve("app"), imageName: "app", name: "web")
        #expect(try store.container("web").name == "web")
    }
}
