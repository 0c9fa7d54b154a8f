import ImageSpec
import LayerModel
import Testing

@Suite("Configs of committed images")
struct CommittedConfigTests {
    static let lower = "sha256:" + String(repeating: "0a", count: 32)
    static let upper = "sha256:" + String(repeating: "0b", count: 32)
    static let moment = Timestamp(seconds: 1_700_000_000, nanoseconds: 120_000_000)
    static let amd64 = Platform(os: "linux", architecture: "amd64")
    static let step = CommitStep(created: moment, createdBy: "sh -c x", author: "me", comment: "why")

    static func base(_ members: JSONObject = [:]) throws -> ImageConfig {
        var object: JSONObject = [
            "rootfs": ["type": "layers", "diff_ids": [.string(lower)]], "os": "linux", "architecture": "arm64",
            "variant": "v8", "history": [["created_by": "one", "x": 1]], "author": "base author", "created": "never",
        ]
        for member in members.members { object[member.key] = member.value }
        return try ImageConfig(parsing: JSONValue.object(object).encoded())
    }

    static func diffID(_ text: String) throws -> DiffID { DiffID(try Digest(parsing: text)) }

    static func text(
        _ base: ImageConfig?,
        _ layers: CommittedLayers,
        config: JSONObject = ["Cmd": ["c"]],
        step: CommitStep = step
    ) throws -> String {
        let committed = try CommittedConfig(base: base, platform: amd64, config: config, layers: layers, step: step)
        #expect(try ImageConfig(parsing: committed.bytes) == committed.config)
        return String(decoding: committed.bytes, as: UTF8.self)
    }

    @Test("have one more layer and one more step")
    func added() throws {
        #expect(
            try Self.text(Self.base(), .added(Self.diffID(Self.upper)))
                == #"{"architecture":"arm64","author":"me","config":{"Cmd":["c"]},"created":"2023-11-14T22:13:20.12Z","#
                + #""history":[{"created_by":"one","x":1},{"author":"me","comment":"why","#
                + #""created":"2023-11-14T22:13:20.12Z","created_by":"sh -c x"}],"os":"linux","#
                + #""rootfs":{"diff_ids":["\#(Self.lower)","\#(Self.upper)"],"type":"layers"},"variant":"v8"}"#
        )
    }

    @Test("have a step without a layer when nothing has changed")
    func unchanged() throws {
        #expect(
            try Self.text(Self.base(), .unchanged, config: [:], step: CommitStep(created: Self.moment, createdBy: ""))
                == #"{"architecture":"arm64","author":"base author","config":{},"created":"2023-11-14T22:13:20.12Z","#
                + #""history":[{"created_by":"one","x":1},{"author":"base author","#
                + #""created":"2023-11-14T22:13:20.12Z","empty_layer":true}],"os":"linux","#
                + #""rootfs":{"diff_ids":["\#(Self.lower)"],"type":"layers"},"variant":"v8"}"#
        )
    }

    @Test("have one layer and all the former steps when they are squashed")
    func squashed() throws {
        #expect(
            try Self.text(Self.base(), .squashed(Self.diffID(Self.upper)))
                == #"{"architecture":"arm64","author":"me","config":{"Cmd":["c"]},"created":"2023-11-14T22:13:20.12Z","#
                + #""history":[{"created_by":"one","empty_layer":true,"x":1},{"author":"me","comment":"why","#
                + #""created":"2023-11-14T22:13:20.12Z","created_by":"sh -c x"}],"os":"linux","#
                + #""rootfs":{"diff_ids":["\#(Self.upper)"],"type":"layers"},"variant":"v8"}"#
        )
    }

    @Test("can be made from nothing")
    func fromNothing() throws {
        let step = CommitStep(created: Self.moment, comment: "Imported from -")
        #expect(
            try Self.text(nil, .added(Self.diffID(Self.upper)), config: [:], step: step)
                == #"{"architecture":"amd64","config":{},"created":"2023-11-14T22:13:20.12Z","#
                + #""history":[{"comment":"Imported from -","created":"2023-11-14T22:13:20.12Z"}],"os":"linux","#
                + #""rootfs":{"diff_ids":["\#(Self.upper)"],"type":"layers"}}"#
        )
        let empty = try Self.text(nil, .unchanged, config: [:], step: step)
        #expect(empty.contains(#""empty_layer":true"#) && empty.contains(#""diff_ids":[]"#))
    }

    @Test("L-95: keep what is unknown, and drop what names the base's own container")
    func unknownMembers() throws {
        let base = try Self.base([
            "moby.buildkit.cache.v0": "x", "docker_version": "1", "os.features": ["f"], "id": "i", "parent": "p",
            "container": "c", "container_config": ["Cmd": ["old"]], "comment": "old", "config": ["Cmd": ["old"]],
        ])
        let committed = try CommittedConfig(
            base: base,
            platform: Self.amd64,
            config: [:],
            layers: .unchanged,
            step: Self.step
        )
        #expect(
            committed.config.json.keys == [
                "architecture", "author", "config", "created", "docker_version", "history", "moby.buildkit.cache.v0",
                "os", "os.features", "rootfs", "variant",
            ]
        )
    }

    @Test("get the platform where the base has none, and no half of one")
    func platform() throws {
        let base = try Self.base(["architecture": .null, "os": ""])
        let platform = Platform(os: "linux", architecture: "arm", variant: "v7")
        let committed = try CommittedConfig(
            base: base,
            platform: platform,
            config: [:],
            layers: .unchanged,
            step: Self.step
        )
        #expect(committed.config.platform == platform)
        let known = try CommittedConfig(
            base: Self.base(["variant": .null]),
            platform: platform,
            config: [:],
            layers: .unchanged,
            step: Self.step
        )
        #expect(known.config.platform == Platform(os: "linux", architecture: "arm64"))
    }

    @Test(
        "L-96: give the new layer to the new step, however little the base's history says",
        arguments: [.null, [], [["empty_layer": true]], [[:]], [["empty_layer": true], [:], ["empty_layer": true]]]
            as [JSONValue]
    )
    func shortHistory(_ history: JSONValue) throws {
        let base = try Self.base([
            "history": history,
            "rootfs": ["type": "layers", "diff_ids": [.string(Self.lower), .string(Self.lower)]],
        ])
        let committed = try CommittedConfig(
            base: base,
            platform: Self.amd64,
            config: [:],
            layers: .added(Self.diffID(Self.upper)),
            step: Self.step
        )
        #expect(try committed.config.layerIndexes().last == 2)
        #expect(committed.config.history.last?.createdBy == "sh -c x")
    }

    @Test("are not made when the base claims more layers than it has, or there would be too many")
    func refused() throws {
        let step = Self.step
        let layers = CommittedLayers.added(try Self.diffID(Self.upper))
        let claiming = try Self.base(["history": [[:], [:]]])
        let full = try Self.base([
            "history": .null,
            "rootfs": ["type": "layers", "diff_ids": .array(Array(repeating: .string(Self.lower), count: 4_096))],
        ])
        for (base, path) in [(claiming, "history"), (full, "rootfs.diff_ids")] {
            let error = #expect(throws: SpecError.self) {
                try CommittedConfig(base: base, platform: Self.amd64, config: [:], layers: layers, step: step)
            }
            #expect(error?.path == path)
        }
    }
}
