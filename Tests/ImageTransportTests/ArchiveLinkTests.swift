import Foundation
import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import LayerTestKit
import Testing

/// Links between the files of an image: followed inside, never out.
@Suite struct ArchiveLinkTests {
    static let image = SampleImage(["one"])
    static let layer = image.layers[0]

    struct Case: CustomStringConvertible {
        let description: String
        /// The members besides manifest and config; the layer is to be found as `a/b/layer.tar`.
        let members: [(name: String, typeFlag: Character, link: String)]
        var isFound = true
        var reason = "layer not found in the archive"
        /// Whether a directory can be made of it that means the same.
        var isForDirectories = true
    }

    static let layerName = "a/b/layer.tar"
    static let cases = [
        Case(description: "none", members: [(layerName, "0", "")]),
        Case(description: "relative", members: [(layerName, "2", "../../x.tar"), ("x.tar", "0", "")]),
        Case(description: "beside", members: [(layerName, "2", "x.tar"), ("a/b/x.tar", "0", "")]),
        Case(description: "behind", members: [("x.tar", "0", ""), (layerName, "2", "../../x.tar")]),
        Case(
            description: "absolute from the archive's root",
            members: [(layerName, "2", "/x.tar"), ("x.tar", "0", "")]
        ),
        Case(
            description: "with dots",
            members: [(layerName, "2", ".././/b/../../x.tar"), ("a/b/c", "0", ""), ("x.tar", "0", "")]
        ),
        Case(
            description: "chain",
            members: [(layerName, "2", "../../l1"), ("l1", "2", "d/l2"), ("d/l2", "2", "../x.tar"), ("x.tar", "0", "")]
        ),
        Case(description: "through a linked directory", members: [("a/b", "2", "../d"), ("d/layer.tar", "0", "")]),
        Case(
            description: "hard link",
            members: [("x.tar", "0", ""), (layerName, "1", "x.tar")],
            isForDirectories: false
        ),
        Case(
            description: "hard link with a dot",
            members: [("x.tar", "0", ""), (layerName, "1", "./x.tar")],
            isForDirectories: false
        ),
        Case(description: "dangling", members: [(layerName, "2", "../../no.tar")], isFound: false),
        Case(description: "out", members: [(layerName, "2", "../../../../etc/passwd")], isFound: false),
        Case(description: "out to the host's root", members: [(layerName, "2", "/etc/passwd")], isFound: false),
        Case(description: "out and in again", members: [(layerName, "2", "../../../outside.tar")], isFound: false),
        Case(
            description: "to itself",
            members: [(layerName, "2", "layer.tar")],
            isFound: false,
            reason: "too many levels of symbolic links"
        ),
        Case(
            description: "circle",
            members: [(layerName, "2", "../../l"), ("l", "2", "a/b/layer.tar")],
            isFound: false,
            reason: "too many levels of symbolic links"
        ),
        Case(
            description: "to a directory",
            members: [("d", "5", ""), ("d/x", "0", ""), (layerName, "2", "../../d")],
            isFound: false,
            reason: "not a regular file"
        ),
        Case(
            description: "to a FIFO",
            members: [("fifo", "6", ""), (layerName, "2", "../../fifo")],
            isFound: false,
            reason: "not a regular file"
        ),
        Case(description: "through a file", members: [("f", "0", ""), (layerName, "2", "../../f/x")], isFound: false),
    ]

    private static func archive(_ expected: Case) -> SampleArchive {
        var archive = SampleArchive()
        for (name, typeFlag, link) in expected.members {
            archive.members.append(
                SampleArchive.Member(name: name, typeFlag: typeFlag, content: typeFlag == "0" ? layer : [], link: link)
            )
        }
        archive.add("config.json", image.config)
        archive.add("manifest.json", "[\(SampleArchive.manifest("config.json", nil, [layerName]))]")
        return archive
    }

    @Test("A layer that is a link is followed inside the file, and never out of it", arguments: cases)
    func links(expected: Case) throws {
        let archive = Self.archive(expected)
        var files = try [PlacedFile(archive), PlacedFile(archive, .pipe)]
        if expected.isForDirectories { files.append(try PlacedFile(directory: archive)) }
        for file in files {
            // What lies beside the layout, under the name that links lead to.
            let outside = URL(fileURLWithPath: file.path).deletingLastPathComponent().path + "/outside.tar"
            try Data(Self.layer).write(to: URL(fileURLWithPath: outside))
            if expected.isFound {
                let source = try file.open()
                #expect(try source.onlyImage().layers[0].memberName == Self.layerName)
                #expect(try source.readAllLayers()[0][0].diffID.description == Self.image.diffIDs[0])
            } else {
                let error = #expect(throws: TransportError.self) { try file.open() }
                #expect(error?.subject == TransportError.Subject(file: file.path, member: Self.layerName))
                #expect(error?.reason == expected.reason)
            }
        }
    }

    @Test("40 links are followed, and no more")
    func linkLimit() throws {
        for count in [39, 40, 41] {
            var members: [(name: String, typeFlag: Character, link: String)] = [(Self.layerName, "2", "../../l2")]
            for number in 2..<count { members.append(("l\(number)", "2", "l\(number + 1)")) }
            members.append(("l\(count)", "2", "x.tar"))
            members.append(("x.tar", "0", ""))
            let file = try PlacedFile(Self.archive(Case(description: "", members: members)))
            if count <= 40 {
                try file.open().readAllLayers()
            } else {
                #expect(throws: TransportError.self) { try file.open() }
            }
        }
    }

    @Test("Blobs that are links to files elsewhere in the layout are followed, as Docker's official layouts have them")
    func linkedBlobs() throws {
        var archive = try SampleArchive.layout([Self.image])
        for place in archive.members.indices where archive.members[place].name.hasPrefix("blobs/") {
            let name = archive.members[place].name
            let file = "files/f\(place)"
            archive.members[place].name = file
            archive.addLink(name, to: "../../\(file)")
        }
        for file in try [PlacedFile(archive), PlacedFile(directory: archive), PlacedFile(archive, .pipe)] {
            let source = try file.open()
            #expect(try source.onlyImage().imageID == Self.image.id)
            try source.readAllLayers()
        }
    }

    @Test("A blob that is a link out of the layout is not in it", arguments: ["absolute", "relative"])
    func blobsOutside(form: String) throws {
        let scratch = try ScratchDirectory()
        let blob = Codec.gzip(Self.layer)
        let outside = scratch.path + "/blob"
        try Data(blob).write(to: URL(fileURLWithPath: outside))
        var archive = try SampleArchive.layout([Self.image])
        let name = "blobs/sha256/\(Digest.sha256(of: blob).hex)"
        archive.remove(name)
        let up = String(repeating: "../", count: 20)
        archive.addLink(name, to: form == "absolute" ? outside : up + outside.dropFirst())
        for file in try [PlacedFile(archive), PlacedFile(directory: archive)] {
            let image = try file.open().onlyImage()
            #expect(image.layers.map(\.isPresent) == [false])
            let error = #expect(throws: TransportError.self) { try image.checkLayers() }
            #expect(error?.reason == "the blob is not in the archive")
        }
    }
}
