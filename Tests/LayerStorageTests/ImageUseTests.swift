import ImageSpec
import LayerModel
import LayerTestKit
import Testing

@testable import LayerStorage

/// An image stays while a container uses it, and what a container needs stays in any case.
@Suite struct ImageUseTests {
    private let sample: SampleStore
    private let image: MadeImage
    private let container: ContainerRecord

    init() throws {
        sample = try SampleStore()
        image = try MadeImage([["base"], ["own"]], tags: ["app:1"])
        try sample.add(image)
        container = try sample.create(image, name: "web")
    }

    private func remove(_ text: String, force: Bool = false, dryRun: Bool = false) throws -> [RemovalEvent] {
        try sample.store.remove(text, isForced: force, isDryRun: dryRun)
    }

    private func refusal(_ text: String, force: Bool = false) -> String? {
        let error = #expect(throws: StorageError.self) { try remove(text, force: force) }
        #expect(error?.kind == .conflict)
        return error?.description
    }

    private func layerCount() throws -> Int { try sample.store.facts().layerCount }

    @Test func `The last name is kept, in Docker's words`() throws {
        #expect(
            refusal("app:1") == "conflict: unable to remove repository reference \"app:1\" (must force) - "
                + "container \(container.id.short) is using its referenced image \(image.shortID)"
        )
        #expect(
            refusal(image.shortID) == "conflict: unable to delete \(image.shortID) (must be forced) - "
                + "image is being used by stopped container \(container.id.short)"
        )
        #expect(try sample.store.resolve("app:1").record.id == image.id)
    }

    @Test func `A name that is not the last one goes`() throws {
        _ = try sample.store.setName(SampleStore.reference("app:2"), to: image.id)
        #expect(try remove("app:2") == [.untagged(SampleStore.reference("app:2"))])
    }

    @Test func `Names in several repositories are the first reason against an ID`() throws {
        _ = try sample.store.setName(SampleStore.reference("other"), to: image.id)
        #expect(refusal(image.shortID)?.hasSuffix("image is referenced in multiple repositories") == true)
    }

    @Test("With force the names go and the image stays", arguments: [true, false])
    func force(isByName: Bool) throws {
        let text = isByName ? "app:1" : image.shortID
        let events: [RemovalEvent] = [
            .untagged(try SampleStore.reference("app:1")), .keptImage(image.id, container.id),
        ]
        #expect(try remove(text, force: true, dryRun: true) == events)
        #expect(try remove(text, force: true) == events)
        #expect(try sample.store.resolve(image.id.digest.hex).names.isEmpty)
        #expect(try layerCount() == 2)
        #expect(
            refusal(image.shortID, force: true) == "conflict: unable to delete \(image.shortID) (cannot be forced) - "
                + "image is being used by stopped container \(container.id.short)"
        )
        try sample.store.removeContainer(container.id)
        #expect(try remove(image.shortID).first == .deletedImage(image.id))
        #expect(try layerCount() == 0)
    }

    @Test func `Layers that a container names stay, whatever became of its image`() throws {
        let other = try MadeImage([["base"], ["other"]], tags: ["other"])
        try sample.add(other)
        try TestFile.remove(sample.imagePath(image.id))
        // A name without its image would be damage of another kind, and keep all layers.
        try TestFile.remove(sample.path + "/names/docker.io/library/app")
        let events = try remove("other")
        #expect(events.last == .deletedLayer(other.chainIDs[1]))
        #expect(try layerCount() == 2)
        #expect(try sample.store.containers().records == [container])
    }

    @Test func `Nothing of a layer goes while nobody knows what a damaged container needs`() throws {
        try TestFile.damage(sample.recordPath(container.id), at: 100)
        #expect(try remove("app:1").contains(.deletedImage(image.id)))
        #expect(try layerCount() == 2)
    }
}
