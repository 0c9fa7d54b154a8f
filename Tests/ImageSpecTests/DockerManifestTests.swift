import ImageSpec
import LayerModel
import Testing

@Suite("The file manifest.json")
struct DockerManifestTests {
    private static let digest = "sha256:" + String(repeating: "0a", count: 32)

    @Test("gives its images")
    func images() throws {
        let text = """
            [{"Config":"a.json","RepoTags":["x:1","y:2"],"Layers":["l/layer.tar"],"Parent":"sha256:p",
              "LayerSources":{"\(Self.digest)":{"mediaType":"m/t","size":5,"digest":"\(Self.digest)"}}},
             {"Config":"b.json","RepoTags":null,"Layers":null,"Unknown":1}]
            """
        let images = try DockerManifest.parse(Array(text.utf8))
        #expect(images.map(\.config) == ["a.json", "b.json"])
        #expect(images.map(\.repoTags) == [["x:1", "y:2"], []])
        #expect(images.map(\.layers) == [["l/layer.tar"], []])
        #expect(images[0].parent == "sha256:p")
        #expect(images[0].layerSources.values.map(\.byteCount) == [5])
    }

    @Test("may name no image")
    func empty() throws {
        #expect(try DockerManifest.parse(Array("[]".utf8)).isEmpty)
    }

    @Test(
        "is refused when it is something else",
        arguments: [
            ("null", ""), ("{}", ""), ("[null]", "[0]"), (#"[{"Layers":[]}]"#, "[0].Config"),
            (#"[{"Config":null,"Layers":[]}]"#, "[0].Config"),
            (#"[{"config":"a","Layers":[]}]"#, "[0].Config"), (#"[{"Config":"","Layers":[]}]"#, "[0].Config"),
            (#"[{"Config":"a","LAYERS":[]}]"#, "[0].Layers"), (#"[{"Config":"a","Layers":"x"}]"#, "[0].Layers"),
            (#"[{"Config":"a","Layers":[1]}]"#, "[0].Layers[0]"),
            (#"[{"Config":"a","Layers":[],"RepoTags":7}]"#, "[0].RepoTags"),
            (#"[{"Config":"a","Config":"b","Layers":[]}]"#, ""),
            (#"[{"Config":"a","Layers":[],"LayerSources":{"x":{}}}]"#, "[0].LayerSources.x"),
            ("[] []", ""), ("", ""),
        ]
    )
    func refused(text: String, path: String) {
        let error = #expect(throws: SpecError.self) { try DockerManifest.parse(Array(text.utf8)) }
        #expect(error?.document == "manifest.json")
        #expect(error?.path == path)
    }

    @Test("is refused when it names more than anything real does")
    func counts() {
        let tags: JSONValue = .array(Array(repeating: "x:y", count: 1_001))
        let image: JSONValue = ["Config": "a", "Layers": [], "RepoTags": tags]
        let error = #expect(throws: SpecError.self) { try DockerManifest.parse(JSONValue.array([image]).encoded()) }
        #expect(error?.reason == .tooMany(.tags, count: 1_000))
    }
}
