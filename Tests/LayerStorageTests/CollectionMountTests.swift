import LayerDriver
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerStorage

/// Mounts of what is gone end with a collection, others stay.
@Suite(MountNeed.mounting, Need.tool("mount")) struct CollectionMountTests {
    private static let digits = String(repeating: "0123456789abcdef", count: 4)

    private static func mount(_ words: String...) throws {
        let outcome = try ChildProcess.run(#require(Need.find("mount")), words.map { Array($0.utf8) })
        #expect(outcome.status == 0, "\(outcome.text)")
    }

    private static func mounts(below path: String) throws -> [String] {
        try MountTable.current().entries.map { String(decoding: $0.mountPoint, as: UTF8.self) }
            .filter { $0.hasPrefix(path + "/") }
    }

    @Test func `A mount of a removed container ends, wherever it is shown`() throws {
        let sample = try SampleStore()
        try PrivateMounts.run {
            let root = sample.path
            for part in ["upper", "work", "merged"] {
                try TestFile.makeDirectories("\(root)/containers/\(Self.digits)/\(part)")
            }
            for part in ["shown", "lower"] { try TestFile.makeDirectories("\(root)-beside/\(part)") }
            let place = "\(root)/containers/\(Self.digits)"
            let options = "lowerdir=\(root)-beside/lower,upperdir=\(place)/upper,workdir=\(place)/work"
            try Self.mount("-t", "overlay", "overlay", "-o", options, root + "-beside/shown")
            #expect(try sample.store.collect(isDryRun: true).items.allSatisfy { $0.kind != .mount })
            // As rm does.
            _ = try sample.store.discard(StoreLayout.container(#require(ContainerID(hex: Self.digits))))
            let plan = try sample.store.collect(isDryRun: true)
            #expect(plan.items.filter { $0.kind == .mount }.map(\.path) == [Array("\(root)-beside/shown".utf8)])
            #expect(try Self.mounts(below: root + "-beside").count == 1)
            _ = try sample.store.collect(isDryRun: false)
            #expect(try Self.mounts(below: root + "-beside").isEmpty)
            #expect(try TestFile.list(root + "/trash").isEmpty)
        }
    }

    @Test("What is mounted in the trash or in staging does not keep it", arguments: ["trash", "staging"])
    func abandoned(place: String) throws {
        let sample = try SampleStore()
        try PrivateMounts.run {
            let path = "\(sample.path)/\(place)/left/merged"
            try TestFile.makeDirectories(path)
            try Self.mount("-t", "tmpfs", "none", path)
            try Self.mount("-t", "tmpfs", "none", path)
            let report = try sample.store.collect(isDryRun: false)
            #expect(report.failures.isEmpty)
            #expect(report.items.map(\.kind.rawValue).sorted().suffix(1) != ["mount"] || report.items.count == 3)
            #expect(try Self.mounts(below: sample.path).isEmpty)
            #expect(try TestFile.list("\(sample.path)/\(place)").isEmpty)
        }
    }

    @Test func `What is mounted elsewhere in the store stays`() throws {
        let sample = try SampleStore()
        try sample.add(MadeImage.single("1", tags: ["app"]))
        _ = try sample.store.createVolume(named: "kept")
        try PrivateMounts.run {
            let container = try sample.store.createContainer(image: sample.store.resolve("app"), imageName: "app")
            let image = try sample.store.resolve("app").record.id
            let places = [
                sample.store.mergedPath(container.id), sample.store.volumePath("kept"),
                try sample.store.makeImageMountPoint(image),
            ]
            for place in places { try Self.mount("-t", "tmpfs", "none", place) }
            let report = try sample.store.collect(isDryRun: false)
            #expect(report.items.isEmpty && report.failures.isEmpty)
            #expect(try Self.mounts(below: sample.path).sorted() == places.sorted())
        }
    }
}
