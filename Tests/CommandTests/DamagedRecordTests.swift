import LayerTestKit
import Testing

/// One damaged record stops nothing but what it belongs to.
@Suite struct DamagedRecordTests {
    private let commands: CommandStore
    private let image: MadeImage
    private let other: MadeImage

    init() throws {
        commands = try CommandStore()
        image = try MadeImage([["d/", "file=1"], ["other=2"]], tags: ["example.test/app:1", "example.test/alias:1"])
        other = try MadeImage([["whole=3"]], tags: ["example.test/other:1"])
        try commands.load(image, other)
        #expect(try commands.run("create", "--name", "box", "-v", "data:/d", "example.test/app:1").status == 0)
        #expect(try commands.run("create", "--name", "whole", "example.test/other:1").status == 0)
    }

    /// Places in the store, with `ID` for the image, `LAYER` for its lowest layer and `BOX` for its container.
    static let records = [
        "format.json", "images/sha256/ID/image.json", "images/sha256/ID/config.json", "layers/sha256/LAYER/layer.json",
        "layers/sha256/LAYER/index", "names/example.test/alias/:1", "containers/BOX/container.json",
        "volumes/data/volume.json",
    ]

    enum Damage: String, CaseIterable, Sendable {
        case empty
        case half
        case bit
        case gone
    }

    private func damage(_ path: String, _ damage: Damage) throws {
        let bytes = try TestFile.read(path)
        switch damage {
        case .empty: try TestFile.write([], to: path)
        case .half: try TestFile.write(Array(bytes.prefix(bytes.count / 2)), to: path)
        case .bit: try TestFile.write([bytes[0] ^ 1] + bytes.dropFirst(), to: path)
        case .gone: try TestFile.remove(path)
        }
    }

    /// Commands that have nothing to do with what is damaged; `O` is the whole image.
    private func others() throws -> [[String]] {
        [
            ["images"], ["images", "-q"], ["ps", "-a"], ["volume", "ls"], ["system", "df"], ["layers"], ["info"],
            ["history", "example.test/other:1"], ["inspect", "example.test/other:1"], ["inspect", other.hexID],
            ["tag", "example.test/other:1", "example.test/new:1"], ["ls", "example.test/other:1"],
            ["save", "-o", commands.folder + "/saved.tar", "example.test/other:1"],
            ["create", "--name", "more", "example.test/other:1"], ["diff", "whole"], ["rename", "more", "fewer"],
            ["rm", "fewer"], ["volume", "create", "second"], ["rmi", "example.test/new:1"],
            ["load", "-q", "-i", commands.folder + "/third.tar"], ["rmi", "third:1"],
            ["verify", "example.test/other:1"],
        ]
    }

    @Test("Commands about anything else work, and a check names the damaged thing", arguments: records, Damage.allCases)
    func record(place: String, damage kind: Damage) throws {
        let box = try #require(try commands.run("ps", "-aq", "--no-trunc", "--filter", "name=box").lines.first)
        let path = place.replacing("ID", with: image.hexID).replacing("LAYER", with: image.hexDiffIDs[0])
            .replacing("BOX", with: box)
        _ = try commands.file("third.tar", MadeImage.single("third"))
        // Without a format there is no store, and without a record no name.
        if kind == .gone, place == "format.json" || place.hasPrefix("names") { return }
        try damage("\(commands.root)/\(path)", kind)
        let check = try commands.run("check")
        #expect(check.status == 5, "\(check.output)")
        for words in try others() {
            let run = try LayerctlRun(words, environment: ["LAYERCTL_ROOT": commands.root])
            #expect(run.status == 0, "\(words.joined(separator: " ")): \(run.errors)")
        }
        // What is damaged can go.
        if place.hasPrefix("containers") {
            #expect(try commands.run("rm", box).status == 0)
            #expect(try commands.run("check").status == 0)
        }
        if place.hasPrefix("volumes"), kind != .gone {
            #expect(try commands.run("rm", box).status == 0)
            #expect(try commands.run("volume", "rm", "data").status == 0)
            #expect(try commands.run("check").status == 0)
        }
    }

    @Test func `A layer's directory that is gone stops nothing else, and the image can go`() throws {
        try TestFile.remove("\(commands.root)/layers/sha256/\(image.hexDiffIDs[0])")
        for words in [
            ["images"], ["ps", "-a"], ["system", "df"], ["layers"], ["history", "example.test/app:1"],
            ["inspect", "box"],
        ] {
            let run = try LayerctlRun(words, environment: ["LAYERCTL_ROOT": commands.root])
            #expect(run.status == 0, "\(words): \(run.errors)")
        }
        #expect(try commands.run("rm", "box").status == 0)
        #expect(try commands.run("rmi", "-f", image.hexID).status == 0)
        #expect(try commands.run("check").status == 0)
    }
}

extension MadeImage {
    /// The archive of an image of one file.
    fileprivate static func single(_ name: String) throws -> [UInt8] {
        try MadeImage([["\(name)=\(name)"]], tags: ["\(name):1"]).archive
    }
}
