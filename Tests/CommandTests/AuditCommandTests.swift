import ImageSpec
import LayerModel
import LayerTestKit
import Testing

@Suite("What an image should be asked before it is run") struct AuditCommandTests {
    // Nobody's secrets, in two parts each, so that this file holds none.
    private static let github = "ghp_" + "q7Rk2WzT9xVb4LmN8cYd3FgH6jKp5SsQ1aUe"
    private static let password = "tr0ub4" + "dor-zwei"
    private static let key = """
        -----BEGIN RSA PRIVATE\(" ")KEY-----
        q7Rk2WzT9xVb4LmN8cYd3FgH6jKp5SsQ1aUe0oXiZyBtCvDwEhGuJrMfPlOnA+/9
        -----END RSA PRIVATE\(" ")KEY-----

        """

    private let store: CommandStore
    private let file: String

    init() throws {
        store = try CommandStore()
        var image = MadeImage(tars: try Self.layers().map { TarBuilder.tar($0) }, tags: ["app:1"])
        image.history = """
            [{"created_by":"ADD root"},{"created_by":"RUN deploy --token \(Self.github)"},{"created_by":"RUN rm key"},\
            {"created_by":"ENV DB_PASSWORD=\(Self.password)","empty_layer":true}]
            """
        image.runConfig = """
            {"Env":["DB_PASSWORD=\(Self.password)","PATH=/bin"],"ExposedPorts":{"80/tcp":{},"443/tcp":{}},\
            "Volumes":{"/data":{},"/none":{}}}
            """
        file = try store.archive(image)
    }

    private static func file(
        _ path: String,
        _ content: String = "",
        mode: UInt16 = 0o644,
        capability: [UInt8]? = nil
    ) throws -> LayerEntry {
        let attributes = FileAttributes(
            mode: mode,
            extendedAttributes: capability.map {
                [ExtendedAttribute(name: Array("security.capability".utf8), value: $0)]
            } ?? []
        )
        let place = try LayerPath(normalizing: Array(path.utf8))
        return LayerEntry(place, .regular, attributes: attributes, content: Array(content.utf8))
    }

    /// Layers of sketches, and what a sketch cannot say; names without a directory have one that nobody describes.
    private static func layers() throws -> [[LayerEntry]] {
        let capability: [UInt8] = [1, 0, 0, 2, 0, 0x20, 0, 0] + [UInt8](repeating: 0, count: 12)
        let base = try LayerSketch.layer([
            "bin/", "bin/su=s 4755", "bin/wall=w 2755", "tmp/ 1777", "open/ 777", "loose=l 666", "data/", "data/db=d",
            "etc/",
            "var/", "var/lib/", "var/lib/apt/", "var/lib/apt/lists/", "var/lib/apt/lists/a_Packages=0123456789",
        ])
        return [
            base + [
                try file("bin/ping", "p", mode: 0o755, capability: capability),
                try file("etc/shadow", "root::1::::::\nx:*:1::::::\n"),
                try file("big", String(repeating: "x", count: 1_200_000)),
            ],
            try LayerSketch.layer([
                "srv/", "srv/conf=a", "srv/both=t=" + github, "tests/", "etc/", "etc/token=t=" + github,
            ]) + [
                try file("srv/key", key), try file("tests/key", key),
            ],
            try LayerSketch.layer([
                "srv/", "srv/.wh.key", "srv/both=nothing", ".wh.big", "var/", "var/lib/", "var/lib/.wh.apt",
            ]),
        ]
    }

    private static let expected = [
        "high password-empty 1 /etc/shadow - account root",
        "high secret-env - - - DB_PASSWORD, **** (14 characters)",
        "high secret-github 2 - - GitHub token, ghp_**** (40 characters), in history",
        "high secret-github 2 /etc/token - GitHub token, ghp_**** (40 characters) at byte 2",
        "high secret-github 2 /srv/both replaced 3 GitHub token, ghp_**** (40 characters) at byte 2",
        "high secret-history - - - DB_PASSWORD, **** (14 characters)",
        "high secret-private-key 2 /srv/key deleted 3 RSA PRIVATE KEY at byte 15",
        "medium dir-world-writable 1 /open - mode 0777, owner 0:0",
        "medium file-capabilities 1 /bin/ping - cap_net_raw=ep",
        "medium file-setuid 1 /bin/su - mode 04755, owner 0:0",
        "medium file-world-writable 1 /loose - mode 0666, owner 0:0",
        "medium user-root - - - no user is set",
        "low digest-missing - - - no manifest digest, names alone",
        "low file-setgid 1 /bin/wall - mode 02755, owner 0:0",
        "low secret-private-key 2 /tests/key - RSA PRIVATE KEY at byte 15 (in a directory of tests or documentation)",
        "low size-package-cache 1 /var/lib/apt/lists deleted 3 apt lists: 10 bytes in 1 file",
        "low size-wasted 1 /big deleted 3 1200000 bytes",
        "low volume-over-data 1 /data - layers have 1 name there",
        "info healthcheck-missing - - - no HEALTHCHECK",
        "info ports-exposed - - - 443/tcp, 80/tcp",
    ]

    private func findings(_ output: String) throws -> [JSONValue] {
        let subjects = try JSONValue(parsing: Array(output.utf8)).objectValue?["subjects"]?.arrayValue
        return try #require(subjects?.first?.objectValue?["findings"]?.arrayValue)
    }

    private func line(_ finding: JSONValue) -> String {
        func text(_ name: String) -> String {
            let value = finding.objectValue?[name] ?? .null
            return value.stringValue ?? value.numberText ?? "-"
        }
        let removal = text("removal") == "-" ? "-" : text("removal") + " " + text("removedIn")
        return [text("severity"), text("rule"), text("layer"), text("path"), removal, text("detail")].joined(
            separator: " "
        )
    }

    @Test("Each rule finds what an image has, the same of a file and of the store, and nothing secret is printed")
    func everything() throws {
        let run = try store.run("audit", "--format", "json", file)
        #expect(run.status == 0, "\(run.errors)")
        let found = try findings(run.output)
        #expect(found.map(line) == Self.expected)
        #expect(try store.run("load", "-q", "-i", file).status == 0)
        let stored = try store.run("audit", "--format", "json", "app:1")
        #expect(try findings(stored.output) == found)
        let table = try store.run("audit", "--no-trunc", file).output
        for output in [run.output, stored.output, table] {
            for secret in [Self.github, Self.password, "q7Rk2WzT9xVb4LmN8cYd"] { #expect(!output.contains(secret)) }
        }
        let rows = found.compactMap { $0.objectValue?["createdBy"]?.stringValue }
        #expect(rows.contains("RUN deploy --token ghp_**** (40 characters)"))
        #expect(table.hasSuffix("made.tar: 7 high, 5 medium, 6 low, 2 info in 3 layers\n"))
    }

    @Test("A file whose layers the store has gets the same answer, and from the standard input as well")
    func sources() throws {
        try store.load(try MadeImage(Self.sketched, tags: ["other:1"]))
        let path = try store.archive(try MadeImage(Self.sketched), name: "other.tar")
        let before = try findings(try store.run("audit", "--format", "json", path).output)
        #expect(try findings(try store.run("audit", "--format", "json", "other:1").output) == before)
        let input = try store.run("audit", "--format", "json", "-", input: TestFile.read(path))
        #expect(try findings(input.output) == before)
        #expect(before.map(line).contains { $0.hasPrefix("high secret-github 1 /a replaced 1 ") })
        #expect(before.map(line).contains { $0.hasPrefix("high secret-github 1 /a deleted 2 ") })
    }

    /// The first content of `/a` is taken by a later entry of the same layer.
    private static let sketched = [
        ["a=" + github, "a=x" + github.dropFirst() + ";" + github.replacing("q7", with: "r8")], [".wh.a"],
    ]

    @Test(
        "The exit status is 6 for findings from --fail-on on that are not ignored",
        arguments: [
            ([], 0), (["--fail-on", "high"], 6), (["--fail-on", "info"], 6),
            (["--fail-on", "high", "--severity", "high"], 6),
            (["--fail-on", "urgent"], 2), (["--ignore", "no-such-rule"], 2), (["--severity", "much"], 2),
            (
                [
                    "--fail-on", "high", "--ignore", "secret-github", "--ignore", "password-empty", "--ignore",
                    "secret-env",
                    "--ignore", "secret-history", "--ignore", "secret-private-key:/srv/*",
                ], 0
            ),
            (
                [
                    "--fail-on", "high", "--ignore", "secret-github:/srv", "--ignore", "password-empty", "--ignore",
                    "secret-env", "--ignore", "secret-history", "--ignore", "secret-private-key",
                ], 6
            ),
        ] as [([String], Int)]
    )
    func statuses(options: [String], status: Int) throws {
        let run = try LayerctlRun(["audit"] + options + [file], environment: ["LAYERCTL_ROOT": store.root])
        #expect(Int(run.status) == status, "\(run.errors)")
        #expect(run.output.contains("in 3 layers") == (status != 2))
    }

    @Test("Findings are shown from a severity on, and all are counted")
    func severity() throws {
        let lines = try store.run("audit", "--severity", "high", file).lines
        #expect(lines.count == 9 && lines.last == file + ": 7 high, 5 medium, 6 low, 2 info in 3 layers")
        let template = "{{range .subjects}}{{range .findings}}{{.rule}} {{end}}{{end}}"
        let rules = try store.run("audit", "--severity", "high", "--format", template, file).output
        #expect(rules.hasPrefix("password-empty secret-env secret-github "))
    }

    @Test("A layer larger than the bound is told")
    func bound() throws {
        let run = try store.run("audit", "--max-layer-size", "1mb", file)
        #expect(run.output.contains("size-layer"))
        #expect(!(try store.run("audit", file).output.contains("size-layer")))
    }

    @Test("The rules are listed with what they look for")
    func rules() throws {
        let lines = try store.run("audit", "--rules").lines
        #expect(lines[0].hasPrefix("RULE ") && lines.contains { $0.hasPrefix("secret-private-key ") })
        #expect(
            try store.run("audit", "--rules", "--format", "json").output.hasPrefix(
                #"{"rules":[{"rule":"digest-missing""#
            )
        )
        #expect(try store.run("audit").status == 2)
        #expect(try store.run("audit", "no-such-image").status == 3)
    }
}
