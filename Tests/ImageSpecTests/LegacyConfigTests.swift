import ImageSpec
import LayerModel
import Testing

@Suite("Configs from before Docker 1.10")
struct LegacyConfigTests {
    @Test("become the image config that Docker stores, byte for byte", arguments: LegacyCase.all)
    func dockersBytes(_ expected: LegacyCase) throws {
        var history: [HistoryEntry] = []
        var config: [UInt8] = []
        for (place, layer) in expected.layers.enumerated() {
            let legacy = try LegacyConfig(parsing: Array(layer.utf8))
            history.append(legacy.historyEntry)
            let diffIDs = try expected.diffIDs[...place].map { DiffID(try Digest(parsing: $0)) }
            config = try legacy.imageConfig(diffIDs: diffIDs, history: history)
            // Docker takes the history of the lower layers from the config that it has just stored.
            history = try ImageConfig(parsing: config).history
        }
        #expect(String(decoding: config, as: UTF8.self) == expected.config)
    }

    @Test(
        "are refused where Docker refuses them",
        arguments: [
            (#"{"created":"yesterday"}"#, "created"), (#"{"created":"2013-06-13T23:59:60Z"}"#, "created"),
            (#"{"created":"2013-02-29T23:59:50Z"}"#, "created"), (#"{"created":17}"#, "created"),
            (#"{"config":{"Env":"x"}}"#, "config.Env"), (#"{"config":{"StopTimeout":1.0}}"#, "config.StopTimeout"),
            (#"{"config":{"Volumes":{"/a":1}}}"#, "config.Volumes./a"),
            (#"{"config":{"Labels":{"a":1}}}"#, "config.Labels.a"), (#"{"config":[]}"#, "config"),
            (#"{"container_config":{"Cmd":[1]}}"#, "container_config.Cmd[0]"), ("[]", ""), ("null", ""),
        ]
    )
    func refusals(text: String, path: String) {
        let error = #expect(throws: SpecError.self) {
            let legacy = try LegacyConfig(parsing: Array(text.utf8))
            _ = try legacy.imageConfig(diffIDs: [], history: [])
        }
        #expect(error?.path == path)
    }

    @Test("name their parent by a whole ID only", arguments: ["../../x", "abc", String(repeating: "A", count: 64)])
    func parents(_ parent: String) {
        let error = #expect(throws: SpecError.self) {
            try LegacyConfig(parsing: Array(#"{"parent":"\#(parent)"}"#.utf8))
        }
        #expect(error?.path == "parent")
    }

    @Test("have no parent when it is absent, null or empty", arguments: ["{}", #"{"parent":null}"#, #"{"parent":""}"#])
    func noParent(_ text: String) throws {
        #expect(try LegacyConfig(parsing: Array(text.utf8)).parentID == nil)
    }
}
