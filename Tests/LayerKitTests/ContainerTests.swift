import ImageSpec
import LayerKit
import LayerModel
import LayerTestKit
import Testing

/// Containers through the library's front door.
@Suite struct ContainerTests {
    private let kit: KitStore
    private let image: MadeImage

    init() throws {
        kit = try KitStore()
        var image = try MadeImage(
            [["base=12345"], ["./.wh..wh..opq", "d/", "d/own=123"], ["d/own=1"]],
            tags: ["app:1"]
        )
        image.runConfig = #"{"Entrypoint":["/bin/sh","-c"],"Cmd":["echo a"],"Labels":{"k":"v","n":"1"}}"#
        self.image = image
        try kit.load([image])
    }

    private func create(name: String? = nil, labels: [String: String] = [:]) throws -> ContainerDetails {
        try kit.store.createContainer(of: image.id, imageName: "app:1", name: name, labels: labels)
    }

    private func failure(_ body: () throws -> Void) -> LayerError? {
        #expect(throws: LayerError.self) { try body() }
    }

    @Test func `A container says what it is made of`() throws {
        let made = try create(name: "web", labels: ["n": "2", "own": ""])
        let found = try kit.store.container("web")
        for container in [made, found] {
            #expect(container.id == made.id)
            #expect(container.name == "web")
            #expect(container.imageID == image.id)
            #expect(container.imageName == "app:1")
            #expect(container.image?.references.map(\.familiar) == ["app:1"])
            #expect(container.layers == image.diffIDs)
            #expect(container.ownLabels == ["n": "2", "own": ""])
            #expect(container.labels == ["k": "v", "n": "2", "own": ""])
            #expect(container.command == ["/bin/sh", "-c", "echo a"])
            #expect(container.state == .created && container.mountPoints.isEmpty)
            #expect(container.upperByteCount == nil)
        }
        let path = "\(kit.path)/containers/\(made.id)"
        #expect(found.location.upperPath == path + "/upper")
        #expect(found.location.workPath == path + "/work")
        #expect(found.location.mergedPath == path + "/merged")
    }

    @Test func `The lower directories are those of the image`() throws {
        let lowers = try kit.store.image("app:1").location?.lowerPaths
        #expect(try create().location.lowerPaths == lowers)
        // The layer that hides everything ends the list.
        #expect(lowers?.count == 2)
    }

    @Test func `Sizes are measured when that is asked for`() throws {
        let id = try create(name: "web").id
        try TestFile.write([1, 2, 3], to: "\(kit.path)/containers/\(id)/upper/new")
        #expect(try kit.store.container("web", measuresSizes: true).upperByteCount == 3)
        #expect(try kit.store.containers(measuresSizes: true).containers.map(\.upperByteCount) == [3])
        #expect(try kit.store.containers().containers.map(\.upperByteCount) == [nil])
    }

    @Test func `A container is listed although its image is damaged, and says that it has none`() throws {
        _ = try create(name: "web")
        try TestFile.damage("\(kit.path)/images/sha256/\(image.hexID)/config.json", at: 3)
        let container = try kit.store.container("web")
        #expect(container.image == nil)
        #expect(container.command.isEmpty && container.labels.isEmpty)
        #expect(container.layers == image.diffIDs)
        try kit.store.removeContainer("web")
        #expect(try kit.store.containers().containers.isEmpty)
    }

    @Test func `What cannot be done has its code`() throws {
        _ = try create(name: "web")
        _ = try create(name: "db")
        let store = kit.store
        let gone = ImageID(try Digest(parsing: "sha256:" + String(repeating: "0", count: 64)))
        #expect(failure { _ = try store.createContainer(of: gone, imageName: "gone") }?.code == .notFound)
        #expect(failure { _ = try create(name: "web") }?.code == .conflict)
        #expect(failure { _ = try create(name: "?") }?.code == .usage)
        #expect(failure { _ = try store.container("none") }?.code == .notFound)
        #expect(failure { try store.renameContainer("none", to: "other") }?.code == .notFound)
        #expect(failure { try store.renameContainer("web", to: "db") }?.code == .conflict)
        #expect(failure { try store.renameContainer("web", to: "web") }?.code == .usage)
        #expect(
            failure { try store.renameContainer("", to: "x1") }?.message == "Neither old nor new names may be empty"
        )
        #expect(failure { try store.removeContainer("none") }?.code == .notFound)
        #expect(failure { _ = try store.remove("app:1") }?.code == .conflict)
    }

    @Test func `A renamed container is found by its new name, a removed one not at all`() throws {
        let id = try create(name: "web").id
        try kit.store.renameContainer("web", to: "db")
        #expect(try kit.store.container("db").id == id)
        try kit.store.removeContainer(id.short, isDryRun: true)
        try kit.store.removeContainer(id.short)
        #expect(failure { _ = try kit.store.container("db") }?.message == "No such container: db")
    }

    @Test func `An image in use loses its names by force, and says why it stays`() throws {
        let id = try create().id
        let items = try kit.store.remove("app:1", isForced: true)
        #expect(
            items.map(\.description) == ["Untagged: app:1", "image \(image.id) stays: container \(id.short) uses it"]
        )
        #expect(try kit.store.images().images.map(\.id) == [image.id])
    }

    @Test func `A store that does not exist has no containers`() throws {
        let store = try ImageStore(root: kit.path + "/none", access: .reading)
        #expect(try store.containers().containers.isEmpty)
        #expect(failure { _ = try store.container("web") }?.code == .notFound)
        #expect(failure { try store.removeContainer("web") }?.code == .notFound)
    }
}
