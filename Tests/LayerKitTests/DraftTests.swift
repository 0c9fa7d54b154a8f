import ImageSpec
import LayerArchive
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerKit

/// Images as values: made, changed and put somewhere, with a store and without one.
@Suite struct DraftTests {
    private static let step = CommitStep(created: Timestamp(seconds: 1_700_000_000), createdBy: "test")

    private let scratch: ScratchDirectory

    init() throws {
        scratch = try ScratchDirectory()
    }

    private func draft(_ image: MadeImage) throws -> ImageDraft {
        let path = scratch.path + "/\(image.shortID).tar"
        try TestFile.write(image.archive, to: path)
        return try ArchiveImages(.file(path)).draft()
    }

    private func path(_ text: String) throws -> LayerPath { try LayerPath(normalizing: Array(text.utf8)) }

    /// What all layers mean, as sketched lines.
    private func lines(_ draft: ImageDraft) throws -> [String] {
        var merge = TreeMerge()
        for layer in draft.layers { try merge.apply(TarEntries.read(layer.source.openTar(readsAhead: false))) }
        return LayerSketch.lines(of: merge)
    }

    @Test func `A layer adds, replaces and deletes`() throws {
        var image = try draft(MadeImage([["d/", "d/old=1", "gone=2", "app/", "app/x=1"]]))
        try Directory(path: scratch.path).makeDirectory("host", mode: 0o755)
        try Directory(path: scratch.path + "/host").makeDirectory("sub", mode: 0o755)
        try TestFile.write(Array("host".utf8), to: scratch.path + "/host/sub/file")
        var layer = LayerDraft()
        layer.add(try LayerSketch.layer(["app/", "app/y=2", "d/new=3"]))
        layer.add(directory: scratch.path + "/host", at: try path("/opt"))
        layer.delete(try path("gone"))
        layer.delete(try path("app"))
        try image.append(layer.made(), Self.step)
        #expect(
            try lines(image).map { $0.prefix { $0 != " " } } == [
                "app/", "app/y=2", "d/", "d/new=3", "d/old=1", "opt/", "opt/sub/", "opt/sub/file=host",
            ]
        )
        #expect(image.config.history.last?.createdBy == "test")
        #expect(try image.config.layerIndexes().compactMap(\.self) == [0, 1])
        let kit = try KitStore()
        try kit.store.add([image], names: [ImageReference(parsing: "app:1")])
        #expect(try lines(kit.store.draft("app:1")) == lines(image))
        #expect(try kit.store.image("app:1").id == image.id)
    }

    @Test func `A tar alone is the layer, byte for byte; below a path it is another`() throws {
        let tar = TarBuilder.tar(try LayerSketch.layer(["d/", "d/f=1", "d/h=>d/f"]))
        try TestFile.write(tar, to: scratch.path + "/layer.tar")
        var layer = LayerDraft()
        layer.add(tar: scratch.path + "/layer.tar")
        #expect(try layer.made().diffID == DiffID(.sha256(of: tar)))
        var moved = LayerDraft()
        moved.add(tar: scratch.path + "/layer.tar", at: try path("/srv"))
        var image = try ImageDraft.empty(for: Platform(os: "linux", architecture: "amd64"))
        try image.append(moved.made(), Self.step)
        #expect(try lines(image) == ["srv/", "srv/d/", "srv/d/f=1", "srv/d/h=>srv/d/f"])
    }

    @Test(
        "What no layer may have is refused",
        arguments: [LayerEntry(.root, .regular, attributes: FileAttributes(mode: 0o644))]
    )
    func refused(entry: LayerEntry) throws {
        var layer = LayerDraft()
        layer.add([entry])
        let error = #expect(throws: LayerError.self) { try layer.made() }
        #expect(error?.code == .corrupt)
        var deletion = LayerDraft()
        deletion.delete(.root)
        #expect(throws: LayerError.self) { try deletion.made() }
    }

    @Test func `A config changes where it is asked to, and keeps all else`() throws {
        var made = try MadeImage([["a=1"]])
        made.runConfig = #"{"Cmd":["sh"],"Env":["A=1","B=2"],"Odd":{"x":[1.50]}}"#
        made.history = #"[{"created_by":"one"}]"#
        let before = try draft(made)
        var image = before
        try image.change(
            ConfigChanges(parsing: ["ENV C=3", "USER app"], unsettingVariables: ["A"]),
            author: "me",
            step: Self.step
        )
        #expect(image.config.config["Env"] == ["B=2", "C=3"])
        #expect(image.config.config["User"] == "app")
        #expect(image.config.config["Odd"] == before.config.config["Odd"])
        #expect(image.config.author == "me")
        #expect(image.config.history.map(\.createdBy) == ["one", "test"])
        #expect(image.config.created == Timestamp(seconds: 1_700_000_000))
        #expect(image.layers.map(\.diffID) == before.layers.map(\.diffID))
        var silent = before
        try silent.change(ConfigChanges(parsing: ["USER app"]), step: nil)
        #expect(silent.config.history == before.config.history)
        #expect(silent.config.createdText == before.config.createdText)
    }

    @Test func `An image moves to another base, history and all`() throws {
        func base(_ lines: [String], _ step: String) throws -> MadeImage {
            var image = try MadeImage([lines], tags: ["\(step):1"])
            image.history = #"[{"created_by":"\#(step)"},{"created_by":"env","empty_layer":true}]"#
            return image
        }
        let (old, new) = (try base(["etc/", "etc/v=1"], "old"), try base(["etc/", "etc/v=2", "more"], "new"))
        var made = MadeImage(tars: old.layers + [TarBuilder.tar(try LayerSketch.layer(["etc/own=1"]))])
        made.history = #"[{"created_by":"old"},{"created_by":"env","empty_layer":true},{"created_by":"own"}]"#
        var image = try draft(made)
        try image.rebase(from: draft(old), onto: draft(new))
        #expect(try lines(image) == ["etc/", "etc/own=1", "etc/v=2", "more"])
        #expect(image.config.history.map(\.createdBy) == ["new", "env", "own"])
        #expect(image.config.diffIDs == image.layers.map(\.diffID))
        let wrong = try draft(made)
        let error = #expect(throws: LayerError.self) {
            var wrong = wrong
            try wrong.rebase(from: draft(new), onto: draft(old))
        }
        #expect(error?.code == .conflict)
        let kit = try KitStore()
        try kit.load([old, new, made])
        var stored = try kit.store.draft(made.fullID)
        try stored.rebase(from: kit.store.draft("old:1"), onto: kit.store.draft("new:1"))
        #expect(stored.id == image.id)
        try kit.store.add([stored], names: [ImageReference(parsing: "moved:1")])
        #expect(try lines(kit.store.draft("moved:1")) == lines(image))
    }

    @Test func `Paths go from every layer, and other names of their files stay`() throws {
        let image = try draft(
            MadeImage([
                ["s/", "s/secret=key", "s/other=>s/secret", "copy=>s/secret", "second=>s/secret", "keep=1"],
                ["untouched=1"],
                ["above=>s/other", "s/", "s/late=2", ".wh.keep"],
                ["way->s", "way/through=3", "s/.wh.late"],
            ])
        )
        var stripped = image
        #expect(try stripped.strip([path("s")], Self.step) == 3)
        #expect(
            try lines(stripped)
                == [
                    "above=key", "copy=key", "second=>copy", "untouched=1", "way->s",
                ].sorted()
        )
        #expect(stripped.layers[1].diffID == image.layers[1].diffID)
        #expect(stripped.config.diffIDs == stripped.layers.map(\.diffID))
        var same = image
        #expect(try same.strip([path("absent")], Self.step) == 0)
        #expect(same.id == image.id)
        let kit = try KitStore()
        try kit.store.add([stripped], names: [ImageReference(parsing: "s:1")])
        #expect(try lines(kit.store.draft("s:1")) == lines(stripped))
    }

    @Test func `What is squashed in the store is what is squashed in a file`() throws {
        let made = try MadeImage([["a=1", "b=1"], [".wh.a", "c=1"], ["b=2"]])
        let kit = try KitStore()
        try kit.load([made])
        var (stored, filed) = (try kit.store.draft(made.fullID), try draft(made))
        try stored.squash(1..<3, Self.step)
        try filed.squash(1..<3, Self.step)
        #expect(stored.id == filed.id)
        #expect(stored.config.history.map(\.isEmptyLayer) == filed.config.history.map(\.isEmptyLayer))
        try kit.store.add([stored], names: [ImageReference(parsing: "squashed:1")])
        #expect(try lines(kit.store.draft("squashed:1")) == ["b=2", "c=1"])
    }

    @Test func `Images are copied into another store, and what it has is not read`() throws {
        let (kit, other) = (try KitStore(), try KitStore())
        let image = try MadeImage([["a=1"], ["d/f=2"]], tags: ["app:1", "app:2"])
        try kit.load([image])
        let report = try kit.store.copy(["app"], to: other.store)
        #expect(report.unpackedLayerCount == 2)
        #expect(try other.store.image("app:2").id == kit.store.image("app:1").id)
        #expect(try other.saved(["app"]) == kit.saved(["app"]))
        // A damaged layer that the other store has already harms nobody there.
        try TestFile.damage(kit.path + "/layers/sha256/\(image.hexDiffIDs[0])/tree/a", at: 0)
        #expect(try kit.store.copy(["app:1"], to: other.store).unpackedLayerCount == 0)
        let empty = try KitStore()
        let error = #expect(throws: LayerError.self) { try kit.store.copy(["app:1"], to: empty.store) }
        #expect(error?.code == .corrupt)
        #expect(try empty.imageIDs().isEmpty)
    }
}
