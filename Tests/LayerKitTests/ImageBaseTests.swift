import ImageSpec
import ImageTransport
import LayerModel
import LayerTestKit
import Testing

@testable import LayerKit

/// What a manifest tells of the image that another was built on (contract L-134).
@Suite struct ImageBaseTests {
    private static let step = CommitStep(created: Timestamp(seconds: 1_700_000_000), createdBy: "test")
    private static let baseName = "docker.io/library/base:1"

    private let kit: KitStore
    private let base: MadeImage
    /// The digest of the manifest that the base came with.
    private let digest: String

    init() throws {
        kit = try KitStore()
        base = try MadeImage([["d/", "d/f=1"]], tags: ["base:1"])
        let other = try KitStore()
        try other.load([base])
        try kit.load(kit.file("base.tar", other.saved(["base:1"], SaveOptions(.ociArchive))))
        digest = try #require(try kit.store.image("base:1").manifestDigest).description
    }

    private func annotations(_ name: String) throws -> [String: String] {
        let path = try kit.file("saved.tar", kit.saved([name], SaveOptions(.ociArchive)))
        return try #require(try ArchiveImages(.file(path)).draft().receivedManifest).manifest.annotations
    }

    private func commit(of imageName: String, _ change: (inout CommitOptions) -> Void = { _ in }) throws {
        let id = try kit.store.createContainer(of: kit.store.image("base:1").id, imageName: imageName).id
        var options = CommitOptions()
        options.reference = try ImageReference(parsing: "made:1")
        change(&options)
        _ = try kit.store.commit(id.hex, options)
    }

    @Test func `A commit tells name and manifest of the container's image, squashed nothing`() throws {
        #expect(try annotations("base:1") == [:])
        try commit(of: "base:1")
        let told = [AnnotationKey.baseName: Self.baseName, AnnotationKey.baseDigest: digest]
        #expect(try annotations("made:1") == told)
        try commit(of: String(base.shortID)) { $0.author = "by its ID" }
        #expect(try annotations("made:1") == [AnnotationKey.baseDigest: digest])
        try commit(of: "base:1") { $0.isSquashed = true }
        #expect(try annotations("made:1") == [:])
    }

    @Test func `A layer on top, another base: each tells what it stands on now`() throws {
        var image = try kit.store.draft("base:1")
        try image.append(LayerDraft().made(), Self.step)
        try kit.store.add([image], names: [ImageReference(parsing: "app:1")])
        let told = [AnnotationKey.baseName: Self.baseName, AnnotationKey.baseDigest: digest]
        #expect(try annotations("app:1") == told)
        try kit.load([MadeImage([["d/", "d/f=2"]], tags: ["newer:2"])])
        var moved = try kit.store.draft("app:1")
        #expect(moved.base?.name == Self.baseName)
        try moved.rebase(from: kit.store.draft("base:1"), onto: kit.store.draft("newer:2"))
        try kit.store.add([moved], names: [ImageReference(parsing: "app:2")])
        #expect(try annotations("app:2") == [AnnotationKey.baseName: "docker.io/library/newer:2"])
        try moved.strip([LayerPath(normalizing: Array("d/f".utf8))], nil)
        #expect(moved.base == nil)
    }

    @Test func `A name that has gone to another image is not told`() throws {
        let id = try kit.store.createContainer(of: kit.store.image("base:1").id, imageName: "base:1").id
        try kit.load([MadeImage([["other=1"]], tags: ["base:1"])])
        var options = CommitOptions()
        options.reference = try ImageReference(parsing: "made:1")
        _ = try kit.store.commit(id.hex, options)
        #expect(try annotations("made:1") == [AnnotationKey.baseDigest: digest])
    }
}
