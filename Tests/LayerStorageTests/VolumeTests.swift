import ImageSpec
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerStorage

/// Volumes in the store: names, options, who uses one, and what removes one (contract 3.8).
@Suite struct VolumeTests {
    private let sample: SampleStore
    private var store: LayerStore { sample.store }

    init() throws { sample = try SampleStore() }

    /// What a call refuses, as its whole message.
    private func refusal(_ body: () throws -> Void) -> (kind: StorageError.Kind?, message: String) {
        do {
            try body()
        } catch let error as StorageError {
            return (error.kind, error.description)
        } catch {
            return (nil, "\(error)")
        }
        return (nil, "")
    }

    /// Gives a container's record a mount of a volume.
    private func mount(_ volume: String, in id: ContainerID) throws {
        var mount = ContainerMount(.volume, at: "/data")
        mount.name = volume
        let directory = try store.containerDirectory(id)
        var json = try #require(try RecordFile.read("container.json", in: directory))
        json["mounts"] = .array([.object(mount.json)])
        try RecordFile.replace(json, "container.json", in: directory)
    }

    @Test func `A volume is a directory with a record and its files`() throws {
        let options = ["type": "tmpfs", "device": "tmpfs", "o": "size=1m"]
        let record = try store.createVolume(named: "data", labels: ["k": "v"], options: options)
        #expect(try sample.list("volumes/data") == ["_data", "volume.json"])
        #expect(try sample.list("staging") == [])
        #expect(try store.volumeData("data").status().mode == 0o755)
        let read = try #require(try sample.reopened().volume(named: "data"))
        #expect(read == record)
        #expect(read.labels == ["k": "v"] && read.options == options && read.driver == "local")
        #expect(!read.isAnonymous)
        #expect(read.mountOptions?.type == "tmpfs" && read.mountOptions?.mountOptions == "size=1m")
    }

    @Test func `A volume without a name gets 64 digits and Docker's label`() throws {
        let (one, other) = (try store.createVolume(named: nil), try store.createVolume(named: nil))
        #expect(one.name != other.name)
        #expect(ContainerID(hex: one.name) != nil)
        #expect(one.isAnonymous && one.labels == ["com.docker.volume.anonymous": ""])
        #expect(try store.volumes().records.map(\.name) == [one.name, other.name].sorted())
    }

    @Test func `What is there with the same driver is as good, files and labels stay`() throws {
        _ = try store.createVolume(named: "data", labels: ["k": "1"])
        try store.volumeData("data").createFile("file").write([1])
        #expect(try store.createVolume(named: "data", labels: ["k": "2"]).labels == ["k": "1"])
        #expect(try sample.list("volumes/data/_data") == ["file"])
        let (kind, message) = refusal { _ = try store.createVolume(named: "data", driver: "other") }
        #expect(kind == .conflict && message == "create data: volume name must be unique")
        #expect(try sample.list("staging") == [])
    }

    @Test(
        "What is no name is refused",
        arguments: [
            "", "a", "a b", "../x", "-ab", "a/b", ".ab", "ä1", "a\u{1b}[m", "..", String(repeating: "x", count: 256),
        ]
    )
    func names(name: String) throws {
        let (kind, message) = refusal { _ = try store.createVolume(named: name) }
        #expect(kind == .invalid)
        switch name.utf8.count {
        case 1:
            let reason = "volume name is too short, names should be at least two alphanumeric characters"
            #expect(message == "create \(name): \(reason)")
        case 256: #expect(message == "create: volume name is longer than 255 bytes")
        default: #expect(message.contains("\"\(name)\" includes invalid characters for a local volume name, only"))
        }
        #expect(try sample.list("volumes") == [])
        #expect(try store.volume(named: name) == nil)
    }

    /// Options and what is said of them.
    struct OptionCase: Sendable, CustomTestStringConvertible {
        let options: [String: String]
        let reason: String

        var testDescription: String { options.keys.sorted().joined(separator: ",") }

        static let all = [
            OptionCase(options: ["type": "tmpfs"], reason: "missing required option: \"device\""),
            OptionCase(options: ["device": "/x"], reason: "missing required option: \"type\""),
            OptionCase(options: ["o": "ro"], reason: "missing required option: \"device\""),
            OptionCase(options: ["o": "ro", "device": "/x"], reason: "missing required option: \"type\""),
            OptionCase(options: ["colour": "red"], reason: "invalid option: \"colour\""),
            OptionCase(options: ["size": "10m"], reason: "quota size requested but no quota support"),
            OptionCase(options: ["size": "0"], reason: ""),
            OptionCase(options: [:], reason: ""),
        ]
    }

    @Test("Options are those of Docker's local driver", arguments: OptionCase.all)
    func options(of test: OptionCase) throws {
        let (kind, message) = refusal { _ = try store.createVolume(named: "data", options: test.options) }
        #expect(message == (test.reason.isEmpty ? "" : "create data: " + test.reason))
        #expect(kind == (test.reason.isEmpty ? nil : .invalid))
        #expect(try store.createVolume(named: "other", driver: "plugin", options: test.options).options == test.options)
    }

    @Test func `A volume goes with its files, unless a container uses it`() throws {
        let image = try MadeImage([["a=1"]], tags: ["app"])
        try sample.add(image)
        for name in ["data", "other"] { _ = try store.createVolume(named: name) }
        try store.volumeData("other").createFile("file").write([1])
        let id = try sample.create(image).id
        try mount("data", in: id)
        let refused = refusal { try store.removeVolume("data") }
        #expect(refused.kind == .conflict && refused.message == "remove data: volume is in use - [\(id)]")
        #expect(
            refusal { try store.renameVolume("data", to: "new") }.message == "rename data: volume is in use - [\(id)]"
        )
        try store.removeVolume("other", isDryRun: true)
        #expect(try sample.list("volumes") == ["data", "other"])
        try store.removeVolume("other")
        #expect(try sample.list("volumes") == ["data"])
        #expect(try sample.list("trash") == [])
        #expect(refusal { try store.removeVolume("other") }.message == "get other: no such volume")
        try store.removeContainer(id)
        try store.removeVolume("data")
        #expect(try sample.list("volumes") == [])
    }

    @Test func `A damaged container may use any volume`() throws {
        let image = try MadeImage([["a=1"]], tags: ["app"])
        try sample.add(image)
        _ = try store.createVolume(named: "data")
        let id = try sample.create(image).id
        try TestFile.write(Array("x".utf8), to: sample.recordPath(id))
        let refused = refusal { try store.removeVolume("data") }
        #expect(refused.kind == .corrupt)
        #expect(refused.message.contains("a container whose record cannot be read may use it"))
        try store.removeContainer(id)
        try store.removeVolume("data")
    }

    @Test func `What another process holds is not removed, and a damaged record is said`() throws {
        for name in ["data", "hurt"] { _ = try store.createVolume(named: name) }
        let lock = try sample.reopened().lockVolume("data", .shared)
        #expect(refusal { try store.removeVolume("data") }.kind == .conflict)
        withExtendedLifetime(lock) {}
        try TestFile.write(Array("x".utf8), to: sample.path + "/volumes/hurt/volume.json")
        let listing = try store.volumes()
        #expect(listing.records.map(\.name) == ["data"])
        #expect(listing.problems.count == 1)
        #expect(refusal { _ = try store.createVolume(named: "hurt") }.kind == .corrupt)
        try store.removeVolume("hurt")
    }

    @Test func `A volume keeps its files under another name`() throws {
        for name in ["data", "taken"] { _ = try store.createVolume(named: name, labels: ["is": name]) }
        try store.volumeData("data").createFile("file").write([1])
        #expect(refusal { try store.renameVolume("data", to: "taken") }.kind == .conflict)
        #expect(refusal { try store.renameVolume("data", to: "a/b") }.kind == .invalid)
        #expect(refusal { try store.renameVolume("none", to: "fresh") }.kind == .notFound)
        try store.renameVolume("data", to: "fresh")
        #expect(try store.volume(named: "data") == nil)
        #expect(try store.volume(named: "fresh")?.labels == ["is": "data"])
        #expect(try sample.list("volumes/fresh/_data") == ["file"])
    }

    @Test func `Members of later versions stay`() throws {
        var json = try store.createVolume(named: "data").json
        json["later"] = 5
        #expect(try VolumeRecord(json, name: "data", subject: "s").json["later"] == 5)
    }
}
