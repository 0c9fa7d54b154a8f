import ImageSpec
import LayerModel
import Testing

@Suite("Image configs")
struct ImageConfigTests {
    static let digest = "sha256:" + String(repeating: "0a", count: 32)
    static let minimal: JSONObject = [
        "architecture": "amd64", "os": "linux",
        "rootfs": ["type": "layers", "diff_ids": [.string(digest), .string(digest)]],
    ]

    @Test("L-93, L-94, L-95: keep their bytes and all members, known or not")
    func whole() throws {
        var object = Self.minimal
        object["created"] = "2013-06-13T14:03:50.5-07:00"
        object["author"] = "me"
        object["variant"] = "v2"
        object["os.version"] = "1"
        object["config"] = ["Healthcheck": ["Interval": -1], "OnBuild": .null]
        object["history"] = [
            ["created": "2017-01-01T12:00:03Z", "created_by": "x", "author": "a", "comment": "c", "empty_layer": true],
            [:],
        ]
        object["moby.buildkit"] = [1]
        let bytes = JSONValue.object(object).encoded(pretty: true) + [0x0A]
        let config = try ImageConfig(parsing: bytes)
        #expect(config.bytes == bytes)
        #expect(config.json == object)
        #expect(config.created == Timestamp(seconds: 1_371_157_430, nanoseconds: 500_000_000))
        #expect(config.createdText == "2013-06-13T14:03:50.5-07:00")
        #expect(config.platform == Platform(os: "linux", architecture: "amd64", variant: "v2", osVersion: "1"))
        #expect(config.config.keys == ["Healthcheck", "OnBuild"])
        #expect(config.diffIDs.map(\.description) == [Self.digest, Self.digest])
        let step = HistoryEntry(
            createdText: "2017-01-01T12:00:03Z",
            createdBy: "x",
            author: "a",
            comment: "c",
            isEmptyLayer: true
        )
        #expect(config.history == [step, HistoryEntry()])
        #expect(config.history[0].created == Timestamp(seconds: 1_483_272_003))
    }

    @Test("L-94: may have null or nothing for what is optional", arguments: [true, false])
    func nulls(_ isNull: Bool) throws {
        var object: JSONObject = ["rootfs": ["type": "layers"]]
        if isNull {
            for key in ["created", "author", "architecture", "os", "variant", "os.version", "config", "history"] {
                object[key] = .null
            }
            object["rootfs"] = ["type": "layers", "diff_ids": .null]
        }
        let config = try ImageConfig(parsing: JSONValue.object(object).encoded())
        #expect(config.created == nil && config.author == nil && config.platform == nil)
        #expect(config.config.isEmpty && config.diffIDs.isEmpty && config.history.isEmpty)
    }

    @Test("have no time when it cannot be read, and keep its text", arguments: ["0000-13-99T99:99:99Z", "yesterday"])
    func badTimes(_ text: String) throws {
        var object = Self.minimal
        object["created"] = .string(text)
        object["history"] = [["created": .string(text)]]
        let config = try ImageConfig(parsing: JSONValue.object(object).encoded())
        #expect(config.created == nil)
        #expect(config.createdText == text)
        #expect(config.history[0].created == nil)
        #expect(config.history[0].createdText == text)
    }

    @Test(
        "are refused with the place of what is wrong",
        arguments: [
            ("rootfs", nil, "rootfs"), ("rootfs", .null, "rootfs"), ("rootfs", ["diff_ids": []], "rootfs.type"),
            ("rootfs", ["type": "snapshots", "diff_ids": []], "rootfs.type"),
            ("rootfs", ["type": "layers", "diff_ids": ["sha256:../../.."]], "rootfs.diff_ids[0]"),
            ("rootfs", ["type": "layers", "diff_ids": [.string(digest), "sha512:zz"]], "rootfs.diff_ids[1]"),
            ("rootfs", ["type": "layers", "diff_ids": [.string("md5:0a")]], "rootfs.diff_ids[0]"),
            ("rootfs", ["type": "layers", "diff_ids": .string(digest)], "rootfs.diff_ids"),
            (
                "rootfs", ["type": "layers", "diff_ids": .array(Array(repeating: .string(digest), count: 4_097))],
                "rootfs.diff_ids"
            ),
            ("created", 1, "created"), ("author", [], "author"), ("architecture", true, "architecture"),
            ("os", 1, "os"),
            ("config", "x", "config"), ("config", ["Env": ["A=\0"]], "config"),
            ("config", ["Labels": ["\0": "x"]], "config"),
            ("history", [:], "history"), ("history", [.null], "history[0]"), ("history", [[:], "x"], "history[1]"),
            ("history", [["created": 1]], "history[0].created"),
            ("history", [["created_by": ["x"]]], "history[0].created_by"),
            ("history", [["empty_layer": "true"]], "history[0].empty_layer"),
        ] as [(String, JSONValue?, String)]
    )
    func refused(key: String, value: JSONValue?, path: String) {
        var object = Self.minimal
        object[key] = value
        let error = #expect(throws: SpecError.self) { try ImageConfig(parsing: JSONValue.object(object).encoded()) }
        #expect(error?.path == path)
        #expect(error?.document == "config")
    }

    @Test("say what is wrong in one line")
    func message() {
        let error = #expect(throws: SpecError.self) {
            try ImageConfig(parsing: Array(#"{"rootfs":{"type":"layers","diff_ids":[1]}}"#.utf8))
        }
        #expect(error?.description == "invalid config: rootfs.diff_ids[0]: expected a string, found a number")
        let noJSON = #expect(throws: SpecError.self) { try ImageConfig(parsing: Array("{\n]".utf8)) }
        #expect(noJSON?.description == "invalid config: unexpected ']' in JSON at line 2, column 1")
    }

    @Test(
        "L-96: steps claim layers in their order, and never more than there are",
        arguments: [
            ([], []), ([false, true, false], [0, nil, 1]), ([true, true], [nil, nil]), ([false], [0]),
            ([false, false, false], nil),
        ] as [([Bool], [Int?]?)]
    )
    func layerIndexes(areEmpty: [Bool], indexes: [Int?]?) throws {
        var object = Self.minimal
        object["history"] = .array(areEmpty.map { ["empty_layer": .bool($0)] })
        let config = try ImageConfig(parsing: JSONValue.object(object).encoded())
        if let indexes {
            #expect(try config.layerIndexes() == indexes)
        } else {
            #expect(throws: SpecError.self) { try config.layerIndexes() }
        }
    }
}
