import ImageSpec
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerStorage

/// How containers are found and renamed, and what damage does to that.
@Suite struct ContainerResolutionTests {
    private let sample: SampleStore
    private let image: MadeImage

    init() throws {
        sample = try SampleStore()
        image = try MadeImage.single("1", tags: ["app"])
        try sample.add(image)
    }

    private func failure(_ text: String) -> StorageError? {
        #expect(throws: StorageError.self) { try sample.store.container(text) }
    }

    @Test func `A whole ID, a name and the beginning of an ID find a container`() throws {
        let record = try sample.create(image, name: "web")
        for text in [record.id.hex, "web", "/web", record.id.short, String(record.id.hex.prefix(1))] {
            #expect(try sample.reopened().container(text) == record, "\(text)")
        }
    }

    @Test("What no container is called is not found", arguments: ["we", "", "web2", "WEB", "..", "a b", "é"])
    func absent(text: String) throws {
        _ = try sample.create(image, name: "web")
        #expect(failure(text)?.kind == .notFound)
        #expect(failure(text)?.description == "No such container: \(text)")
    }

    @Test func `A beginning that several IDs have is a conflict, a name that looks like one is a name`() throws {
        // Of 17 IDs two begin with the same digit.
        var ids: [ContainerID] = []
        for _ in 0..<17 { ids.append(try sample.create(image).id) }
        let digits = Dictionary(grouping: ids) { String($0.hex.prefix(1)) }
        let shared = try #require(digits.first { $0.value.count > 1 })
        let error = failure(shared.key)
        #expect(error?.kind == .conflict)
        #expect(error?.description == "multiple IDs found with provided prefix: \(shared.key)")
        let named = String(ids[0].hex.prefix(4))
        let other = try sample.create(image, name: named)
        #expect(try sample.store.container(named).id == other.id)
        #expect(try sample.store.container(ids[0].hex).id == ids[0])
    }

    @Test func `The newest container is listed first`() throws {
        let records = try ["one", "two", "three"].map { try sample.create(image, name: $0) }
        let listing = try sample.reopened().containers()
        #expect(listing.records.map(\.name) == ["three", "two", "one"])
        #expect(listing.records.last == records.first)
        #expect(listing.problems.isEmpty)
    }

    @Test func `A damaged record takes nothing else away`() throws {
        let (one, two) = (try sample.create(image, name: "one"), try sample.create(image, name: "two"))
        try TestFile.damage(sample.recordPath(one.id), at: 100)
        let listing = try sample.store.containers()
        #expect(listing.records == [two])
        #expect(listing.problems == ["\(sample.recordPath(one.id)): damaged record: its checksum is another"])
        #expect(failure("one")?.kind == .notFound)
        #expect(failure(one.id.hex)?.kind == .corrupt)
        #expect(try sample.store.containerID(one.id.short) == one.id)
        // Nobody can tell what it was called.
        #expect(try sample.create(image, name: "one").id != one.id)
    }

    @Test func `A directory without its record is no container, and is said`() throws {
        let record = try sample.create(image, name: "web")
        try TestFile.remove(sample.recordPath(record.id))
        let listing = try sample.store.containers()
        #expect(listing.records.isEmpty)
        #expect(listing.problems == ["\(sample.store.containerPath(record.id)): the container has no record"])
        #expect(failure(record.id.hex)?.kind == .notFound)
        #expect(try sample.store.containerID(record.id.short) == record.id)
    }

    @Test func `A record in another's place is a damaged one`() throws {
        let (one, two) = (try sample.create(image, name: "one"), try sample.create(image, name: "two"))
        try TestFile.write(TestFile.read(sample.recordPath(one.id)), to: sample.recordPath(two.id))
        let listing = try sample.store.containers()
        #expect(listing.records == [one])
        #expect(listing.problems.count == 1)
        #expect(listing.problems.first?.contains("damaged record: it is that of \(one.id.short)") == true)
    }

    @Test func `Another name is found and the old one is free`() throws {
        let record = try sample.create(image, name: "web")
        #expect(try sample.store.renameContainer(record.id, to: "/db").name == "db")
        #expect(try sample.reopened().container("db").id == record.id)
        #expect(failure("web")?.kind == .notFound)
        #expect(try sample.create(image, name: "web").id != record.id)
    }

    @Test(
        "A name that cannot be is refused",
        arguments: [
            ("web", StorageError.Kind.invalid, "Renaming a container with the same name as its current name"),
            ("/web", .invalid, "Renaming a container with the same name as its current name"),
            ("a b", .invalid, "Invalid container name (a b), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"),
            ("", .invalid, "Neither old nor new names may be empty"),
            ("other", .conflict, "Error when allocating new name: Conflict. The container name \"/other\" is already"),
        ]
    )
    func badRename(name: String, kind: StorageError.Kind, words: String) throws {
        let (record, _) = (try sample.create(image, name: "web"), try sample.create(image, name: "other"))
        let error = #expect(throws: StorageError.self) { try sample.store.renameContainer(record.id, to: name) }
        #expect(error?.kind == kind)
        #expect(error?.description.hasPrefix(words) == true, "\(error?.description ?? "")")
        #expect(try sample.store.containerRecord(record.id) == record)
    }

    @Test func `What other parts and later versions wrote into a record stays`() throws {
        let record = try sample.create(image, name: "web")
        let directory = try sample.store.containerDirectory(record.id)
        var json = try #require(try RecordFile.read("container.json", in: directory))
        json["later"] = ["x": [1, "two"]]
        try RecordFile.replace(json, "container.json", in: directory)
        try sample.store.updateContainer(record.id) { $0[member: "driver"] = "overlay" }
        let renamed = try sample.store.renameContainer(record.id, to: "db")
        let read = try sample.reopened().container("db")
        #expect(read == renamed)
        #expect(read[member: "later"] == ["x": [1, "two"]])
        #expect(read[member: "driver"] == "overlay")
        #expect(read[member: "name"] == nil)
        try sample.store.updateContainer(record.id) { $0[member: "driver"] = nil }
        #expect(try RecordFile.read("container.json", in: directory)?.keys.contains("driver") == false)
    }

    @Test func `Of those who rename at once one gets the name`() throws {
        let sample = sample
        let ids = try (0..<8).map { try sample.create(image, name: "c\($0)").id }
        try WorkerPool.run(workers: 4, jobs: 8) { job in
            do {
                try sample.reopened(.writing).renameContainer(ids[job], to: "same")
            } catch let error as StorageError {
                #expect(error.kind == .conflict)
            }
        }
        let names = try sample.store.containers().records.map(\.name)
        #expect(names.count { $0 == "same" } == 1)
        #expect(names.count == 8)
    }

    @Test(
        "A record with a bad member is a damaged one",
        arguments: ["id", "name", "created", "imageID", "imageName", "layers", "labels"]
    )
    func badMembers(key: String) throws {
        let record = try sample.create(image, labels: ["k": "v"])
        for value: JSONValue? in [nil, 1, ["x": 1]] {
            var json = record.json
            json[key] = value
            #expect(throws: StorageError.self) { try ContainerRecord(json, subject: "test") }
        }
    }
}
