import Foundation
import LayerTestKit
import TestImages
import Testing

/// Contract 3.11: what `inspect` says of images in the store and in files.
@Suite struct InspectCommandTests {
    private let commands: CommandStore
    private let image: MadeImage
    private let file: String

    init() throws {
        commands = try CommandStore()
        image = try .sample()
        file = try commands.archive(image)
        try commands.load(image)
    }

    @Test func `The document of a file is golden`() throws {
        let run = try commands.run("inspect", "--format", "json", file)
        #expect(run.status == 0)
        let layers = image.hexDiffIDs.map { "\"sha256:\($0)\"" }
        let size = ["5", "1234"]
        let stored = ["2048", "3584"]
        let details = (0..<2).map { number in
            #"{"DiffID":\#(layers[number]),"Blob":null,"CompressedSize":\#(stored[number]),"#
                + #""Size":\#(size[number]),"Files":1}"#
        }
        #expect(
            run.output == #"[{"Id":"\#(image.fullID)","RepoTags":["example.test/app:1.0","example.test/app:latest"],"#
                + #""RepoDigests":[],"Created":"1999-01-02T03:04:05.123456789Z","#
                + #""Config":{"Cmd":["sh"],"Env":["A=b"],"Labels":{"k":"v","n":"1"}},"Architecture":"amd64","Os":"linux","#
                + #""Size":1239,"RootFS":{"Type":"layers","Layers":[\#(layers.joined(separator: ","))]},"#
                + #""Metadata":{"LastTagTime":"0001-01-01T00:00:00Z"},"SourceFormat":"docker-archive","#
                + #""Layers":[\#(details.joined(separator: ","))]}]"# + "\n"
        )
    }

    @Test func `The document of the store says where its layers lie and when it was named`() throws {
        let run = try commands.run("inspect", image.shortID)
        #expect(run.output.hasPrefix("[\n    {\n        \"Id\": \"\(image.fullID)\",\n"))
        let array = try JSONSerialization.jsonObject(with: Data(run.outputBytes)) as? [[String: Any]]
        let document = try #require(array?.first)
        let lowers = image.hexDiffIDs.reversed().map { "\(commands.root)/layers/sha256/\($0)/tree" }
        let driver = document["GraphDriver"] as? [String: Any]
        #expect(driver?["Name"] as? String == "overlay")
        #expect((driver?["Data"] as? [String: String]) == ["LowerDir": lowers.joined(separator: ":")])
        #expect(document["Size"] as? Int == 1239)
        let tagged = (document["Metadata"] as? [String: String])?["LastTagTime"] ?? ""
        #expect(tagged.hasPrefix("20"))
    }

    @Test func `File and store name say the same but where`() throws {
        let template =
            "{{.Id}} {{json .RepoTags}} {{json .Config}} {{json .RootFS}} {{.Size}} {{range .Layers}}{{.DiffID}}{{.Files}}{{.Size}}{{.CompressedSize}}{{end}}"
        let runs = try [file, "example.test/app:1.0", "example.test/app", image.fullID].map { name in
            try commands.run("inspect", "-f", template, name)
        }
        for run in runs {
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output == runs[0].output)
        }
        // A docker-archive does not say what its layers' bytes are; who loaded it knows.
        let blobs = try commands.run("inspect", "-f", "{{range .Layers}}{{.Blob}} {{end}}", image.shortID)
        #expect(blobs.output == image.hexDiffIDs.map { "sha256:\($0) " }.joined() + "\n")
        #expect(try commands.run("image", "inspect", "-f", template, file).output == runs[0].output)
    }

    @Test func `A template is printed for each image`() throws {
        let run = try commands.run(
            "inspect",
            "-f",
            "{{index .Config.Cmd 0}} {{.Os}}/{{.Architecture}}",
            file,
            image.shortID
        )
        #expect(run.lines == ["sh linux/amd64", "sh linux/amd64"])
        #expect(try commands.run("inspect", "-f", "{{.Config.Labels.k}}{{.Variant}}", file).lines == ["v"])
        let unknown = try commands.run("inspect", "-f", "{{.Nothing}}", file)
        #expect(unknown.status == 2)
        #expect(unknown.errors.contains("Nothing"))
    }

    @Test func `What is not there is said, and the rest is printed all the same`() throws {
        let run = try commands.run("inspect", "-f", "{{.Id}}", "absent", image.shortID, "gone:1", file)
        #expect(run.status == 3)
        #expect(run.lines == [image.fullID, image.fullID])
        #expect(run.errors == "layerctl: No such object: absent\nlayerctl: No such object: gone:1\n")
        let none = try commands.run("inspect", "absent")
        #expect(none.status == 3)
        #expect(none.output == "[]\n")
    }

    @Test func `An image that is not there is one when images are asked for`() throws {
        for verb in [["image", "inspect"], ["inspect", "--type", "image"]] {
            let run = try LayerctlRun(verb + ["absent"], environment: ["LAYERCTL_ROOT": commands.root])
            #expect(run.status == 3)
            #expect(run.errors == "layerctl: No such image: absent:latest\n")
        }
    }

    @Test func `The status is that of the worst failure`() throws {
        let broken = ImageFixture.directory + "/should-fail-no-manifest.tar"
        #expect(try commands.run("inspect", broken, "absent").status == 5)
        #expect(try commands.run("inspect", "absent", broken).status == 5)
    }

    @Test func `An image of an OCI file has its manifest's digest`() throws {
        let path = ImageFixture.ociGzip.path
        let template = "{{.ManifestDigest}} {{json .RepoDigests}} {{.SourceFormat}}"
        let run = try commands.run("inspect", "-f", template, "--platform", "linux/amd64", path)
        let words = run.output.split(whereSeparator: \.isWhitespace).map(String.init)
        let digest = try #require(words.first)
        #expect(digest.hasPrefix("sha256:"))
        #expect(words.dropFirst() == ["[\"example.test/app@\(digest)\"]", "oci-archive"])
        _ = try commands.run("load", "-q", path)
        #expect(
            try commands.run("inspect", "-f", "{{.Id}}", "example.test/app@\(digest)").lines == [
                try FixtureFacts.read().imageID
            ]
        )
    }
}
