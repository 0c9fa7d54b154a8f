import ImageSpec
import Testing

/// Contract L-135 to L-137, and what a process must not get.
@Suite("Configs of runtimes")
struct RuntimeConfigTests {
    private static func image(_ config: String) throws -> ImageConfig {
        let text = """
            {"os":"linux","architecture":"arm64","variant":"v8","author":"A","created":"2024-01-02T03:04:05Z",
            "rootfs":{"type":"layers","diff_ids":[]},"config":\(config)}
            """
        return try ImageConfig(parsing: Array(text.utf8))
    }

    private static func config(
        _ config: String = #"{"Cmd":["c"]}"#,
        _ settings: ProcessSettings = ProcessSettings(),
        uid: UInt32 = 0,
        place: RuntimePlace = .host
    ) throws -> RuntimeConfig {
        RuntimeConfig(
            image: try image(config),
            settings: settings,
            user: ProcessUser(uid: uid, gid: 5, groups: [5, 6], home: "/home/u"),
            rootPath: "rootfs",
            hostname: "short",
            place: place
        )
    }

    @Test("The words are entry point and command, and an entry point of the user's own drops the image's command")
    func arguments() throws {
        let object: JSONObject = ["Entrypoint": ["e", "1"], "Cmd": ["c", "2"]]
        var settings = ProcessSettings()
        #expect(settings.arguments(of: object) == ["e", "1", "c", "2"])
        settings.command = ["x"]
        #expect(settings.arguments(of: object) == ["e", "1", "x"])
        settings.entrypoint = ["own"]
        #expect(settings.arguments(of: object) == ["own", "x"])
        settings.command = []
        #expect(settings.arguments(of: object) == ["own"])
        settings.entrypoint = []
        #expect(settings.arguments(of: object) == [])
        #expect(throws: ProcessSettingsError("no command specified")) { try Self.config("{}").document() }
    }

    @Test("Variables stay as they are; what is added by itself replaces none")
    func environment() throws {
        var settings = ProcessSettings()
        settings.environment = ["A=2", "C=3"]
        let config = try Self.config(#"{"Env":["A=1","HOME=/own","B=x=y"]}"#, settings)
        let search = "PATH=" + RuntimeConfig.searchPath
        #expect(config.environment == ["A=2", "HOME=/own", "B=x=y", "C=3", search, "HOSTNAME=short"])
        #expect(try Self.config("{}").environment == [search, "HOSTNAME=short", "HOME=/home/u"])
    }

    @Test("What is known of the image becomes annotations, below its labels")
    func annotations() throws {
        let config = try Self.config(
            #"{"Cmd":["c"],"StopSignal":"9","Labels":{"k":"v","org.opencontainers.image.author":"mine"}}"#
        )
        let annotations = try #require(try config.document()["annotations"]?.objectValue)
        let prefix = "org.opencontainers.image."
        let expected: JSONObject = [
            prefix + "os": "linux", prefix + "architecture": "arm64", prefix + "variant": "v8",
            prefix + "author": "mine", prefix + "created": "2024-01-02T03:04:05Z", prefix + "stopSignal": "9",
            "k": "v",
        ]
        #expect(annotations == expected)
    }

    @Test("The group stands first among the groups, and no capability is inherited or a plain user's own")
    func rights() throws {
        for uid: UInt32 in [0, 1000] {
            let process = try #require(try Self.config(uid: uid).document()["process"])
            #expect(process["user"] == ["uid": JSONValue(uid), "gid": 5, "additionalGids": [5, 6]])
            #expect(process["capabilities"]?["inheritable"] == [])
            #expect(process["capabilities"]?["ambient"] == [])
            #expect(process["capabilities"]?["effective"]?.arrayValue?.isEmpty == (uid != 0))
            #expect(process["capabilities"]?["bounding"]?.arrayValue?.count == 14)
            #expect(process["noNewPrivileges"] == true)
            #expect(process["rlimits"] == nil)
        }
    }

    @Test("Without control groups no device can be made on the host, and limits are refused")
    func controlGroups() throws {
        var config = try Self.config()
        config.hasControlGroups = false
        #expect(try !config.capabilities.contains("CAP_MKNOD"))
        #expect(try config.document()["linux"]?["resources"] == nil)
        config.settings.processCount = 5
        #expect(throws: ProcessSettingsError.self) { try config.document() }
        config.hasControlGroups = true
        #expect(try config.document()["linux"]?["resources"]?["pids"] == ["limit": 5])
        #expect(try config.document()["linux"]?["resources"]?["devices"] == [["allow": false, "access": "rwm"]])
    }

    @Test("Networks are the container's own, the host's, or another container's")
    func networks() throws {
        func kinds(_ network: NetworkChoice, _ place: RuntimePlace = .host) throws -> [String] {
            var config = try Self.config(place: place)
            config.settings.network = network
            config.networkPath = "/proc/7/ns/net"
            let list = try config.document()["linux"]?["namespaces"]?.arrayValue ?? []
            return list.dropFirst(4).compactMap { value in
                value["type"]?.stringValue.map { $0 + (value["path"]?.stringValue ?? "") }
            }
        }
        #expect(try kinds(.none) == ["network"])
        #expect(try kinds(.host) == [])
        #expect(try kinds(.container("x")) == ["network/proc/7/ns/net"])
        #expect(try kinds(.host, .user(uid: 7, gid: 8)) == ["user"])
    }

    @Test("Settings are read as they were written")
    func coding() throws {
        var settings = ProcessSettings()
        #expect(settings.json.isEmpty)
        #expect(ProcessSettings(JSONObject()) == settings)
        (settings.command, settings.entrypoint, settings.environment) = (["a"], [], ["A=1"])
        (settings.user, settings.workingDirectory, settings.hostname) = ("u:g", "/w", "h")
        (settings.hasTerminal, settings.keepsInput, settings.hasReadOnlyRoot) = (true, true, true)
        (settings.mayGainPrivileges, settings.isRemovedAtEnd, settings.seccomp) = (true, true, .file("/s"))
        settings.limits = [try ResourceLimit(parsing: "nofile=10:-1")]
        (settings.memoryByteCount, settings.processorNanos, settings.processCount) = (1, 2, 3)
        (settings.network, settings.stopSignal, settings.stopSeconds) = (.container("c"), "INT", 4)
        (settings.addedCapabilities, settings.droppedCapabilities, settings.groups) = (["a"], ["b"], ["c"])
        #expect(ProcessSettings(settings.json) == settings)
    }

    @Test(
        "Limits that make no sense are refused",
        arguments: [
            "nofile", "nofile=", "what=1", "nofile=2:1", "nofile=1:2:3", "nofile=-2", "nofile=x", "nofile=-1:5",
        ]
    )
    func limits(_ text: String) {
        #expect(throws: ProcessSettingsError.self) { try ResourceLimit(parsing: text) }
    }
}
