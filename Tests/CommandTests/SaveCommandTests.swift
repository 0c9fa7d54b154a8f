import Foundation
import LayerTestKit
import TestImages
import Testing

/// Contract 3.5 at the command line: `save` as Docker's users know it, and what other tools make of the file.
@Suite struct SaveCommandTests {
    private let commands: CommandStore
    private let image: MadeImage

    init() throws {
        commands = try CommandStore()
        image = try MadeImage([["d/", "d/file=content", "e=1"], ["f=2"]], tags: ["example.test/app:1"])
        try commands.load(image)
    }

    private var files: [String] {
        get throws { try TestFile.list(commands.folder).filter { $0 != "load.tar" && $0 != "store" } }
    }

    private func save(_ arguments: String...) throws -> String {
        let path = commands.folder + "/saved"
        let run = try LayerctlRun(
            ["save", "-o", path] + arguments + ["example.test/app:1"],
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        #expect(run.status == 0, "\(run.errors)")
        return path
    }

    @Test func `A file and the standard output get the same bytes, and the file is the owner's alone`() throws {
        let path = try save()
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let run = try commands.run("image", "save", "example.test/app:1")
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(try run.outputBytes == TestFile.read(path))
        #expect(
            try commands.run("history", "-q", path).lines == commands.run("history", "-q", "example.test/app").lines
        )
        #expect(try files == ["saved"])
    }

    @Test func `An image that is not there leaves nothing, and the status is 3`() throws {
        let run = try commands.run("save", "-o", "x.tar", "example.test/app:1", "absent")
        #expect(run.status == 3)
        #expect(run.errorLines == ["layerctl: No such image: absent:latest"])
        #expect(try commands.run("save", "absent").outputBytes.isEmpty)
        #expect(try files.isEmpty)
    }

    @Test func `A damaged layer leaves no file and the old one in its place, and the status is 5`() throws {
        let path = try commands.file("x.tar", [1, 2, 3])
        let layer = commands.root + "/layers/sha256/\(image.hexDiffIDs[0])/tree/d/file"
        try TestFile.damage(layer, at: 0)
        let run = try commands.run("save", "-o", path, "example.test/app:1")
        #expect(run.status == 5)
        #expect(run.errorLines.count == 1)
        #expect(run.errorLines[0].contains(#"layer file "d/file" is damaged"#), "\(run.errors)")
        #expect(try TestFile.read(path) == [1, 2, 3])
        #expect(try files == ["x.tar"])
    }

    @Test func `What is no file is not replaced by one`() throws {
        try FileManager.default.createSymbolicLink(atPath: commands.folder + "/link", withDestinationPath: "/dev/null")
        let run = try commands.run("save", "-o", "link", "example.test/app:1")
        #expect(run.status == 2)
        #expect(run.errorLines == [#"layerctl: invalid output path: "link" is there and not a regular file"#])
        #expect(try files == ["link"])
    }

    @Test(
        "What makes no sense is refused",
        arguments: [
            [], ["--format", "zip", "x"], ["--compress", "xz", "x"], ["--format", "oci-dir", "x"],
            ["--platform", "", "x"],
        ]
    )
    func usage(arguments: [String]) throws {
        let run = try LayerctlRun(["save"] + arguments, environment: ["LAYERCTL_ROOT": commands.root])
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.output.isEmpty)
    }

    @Test("A terminal is refused in Docker's words", Need.tool("bash"), Need.tool("script"))
    func terminal() throws {
        let run = try LayerctlRun(
            shell: #"script -qec "$layerctl save example.test/app:1" /dev/null < /dev/null"#,
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        #expect(run.status == 2)
        #expect(run.output.contains("cowardly refusing to save to a terminal. Use the -o flag or redirect"))
        #expect(run.outputBytes.count < 200)
    }

    @Test func `A reader that goes away ends it in silence`() throws {
        let run = try LayerctlRun(
            shell: #"set -o pipefail; "$layerctl" save example.test/app:1 | true"#,
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
    }

    private static let forms: [(transport: String, arguments: [String])] = [
        ("docker-archive", []), ("docker-archive", ["--compress", "gzip"]),
        ("oci-archive", ["--format", "oci-archive"]),
        ("oci-archive", ["--format", "oci-archive", "--compress", "zstd"]), ("oci", ["--format", "oci-dir"]),
    ]

    @Test("skopeo sees the image's config in every form", Need.tool("skopeo"), arguments: forms)
    func skopeo(transport: String, arguments: [String]) throws {
        let path = commands.folder + "/saved"
        let run = try LayerctlRun(
            ["save", "-o", path] + arguments + ["example.test/app:1"],
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        #expect(run.status == 0, "\(run.errors)")
        let config = try LayerctlRun(shell: "skopeo inspect --config --raw \(transport):\(path)")
        #expect(config.status == 0, "\(config.errors)")
        #expect(config.outputBytes == image.configBytes)
        let copied = try LayerctlRun(shell: "skopeo copy -q \(transport):\(path) dir:\(commands.folder)/copied")
        #expect(copied.status == 0, "\(copied.errors)")
    }

    // Of a directory podman makes a name, which the capitals of a scratch directory's name spoil.
    @Test("podman loads it as the same image", Need.root, Need.tool("podman"), arguments: forms.dropLast())
    func podman(transport: String, arguments: [String]) throws {
        let path = commands.folder + "/saved"
        let run = try LayerctlRun(
            ["save", "-o", path] + arguments + ["example.test/app:1"],
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        #expect(run.status == 0, "\(run.errors)")
        // podman takes no long path for what it keeps while it runs.
        let loaded = try LayerctlRun(
            shell: """
                folder=$(mktemp -d /tmp/podman.XXXXXX); trap 'rm -rf "$folder"' EXIT
                podman() { command podman --root "$folder/root" --runroot "$folder/run" --storage-driver vfs "$@"; }
                podman load -q -i '\(path)' >&2 && podman images -q --no-trunc
                """
        )
        #expect(loaded.status == 0, "\(loaded.errors)")
        #expect(loaded.lines == [image.fullID], "\(loaded.errors)")
    }
}
