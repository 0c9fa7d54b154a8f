import Foundation
import LayerTestKit
import Testing

/// The example of a build tool: it stands in the catalogue as it is compiled, and what it makes runs.
@Suite(Need.tool("busybox")) struct BuildToolTests {
    private let scratch: ScratchDirectory

    init() throws {
        scratch = try ScratchDirectory()
        let busybox = try #require(Need.find("busybox"))
        let folder = scratch.path + "/files"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: busybox, toPath: folder + "/sh")
    }

    private func build(_ archive: String) throws -> LayerctlRun {
        try LayerctlRun(
            shell: """
                "$(dirname "$layerctl")/build-image" scratch '\(scratch.path)/files' example/tool:1 '\(archive)' \
                /app/sh -c 'read built < BUILT; echo "ran $built"'
                """,
            environment: ["SOURCE_DATE_EPOCH": "1700000000"]
        )
    }

    @Test func `The catalogue has the program's text`() throws {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let main = try TestFile.read(package.path + "/Tests/build-image/main.swift")
        let article = try TestFile.read(package.path + "/Sources/LayerKit/LayerKit.docc/BuildTool.md")
        let text = String(decoding: main, as: UTF8.self)
        #expect(String(decoding: article, as: UTF8.self).contains("```swift\n\(text)```"))
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 100)
    }

    @Test func `It builds an image that is the same each time`() throws {
        let archive = scratch.path + "/tool.tar"
        let run = try build(archive)
        #expect(run.status == 0, "\(run.errors)")
        let bytes = try TestFile.read(archive)
        #expect(try build(archive).lines == run.lines)
        #expect(try TestFile.read(archive) == bytes)
        let inspected = try LayerctlRun(["inspect", "--format", "{{.Id}} {{.Config.WorkingDir}}", archive])
        #expect(inspected.lines == [run.lines[0] + " /app"], "\(inspected.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["files", "tool.tar"])
    }

    @Test func `It says what it cannot do`() throws {
        let run = try LayerctlRun(shell: #""$(dirname "$layerctl")/build-image" scratch"#)
        #expect(run.status == 1)
        #expect(run.errors.hasPrefix("build-image: usage: "))
    }

    private static let podman = """
        folder=$(mktemp -d /tmp/podman.XXXXXX)
        podman() { command podman --root "$folder/root" --runroot "$folder/run" --storage-driver vfs "$@"; }
        trap 'podman image unmount -a >&2; rm -rf "$folder"' EXIT
        """

    @Test("Its program runs in the tree that podman makes of it", Need.root, Need.tool("podman"))
    func tree() throws {
        let archive = scratch.path + "/tool.tar"
        let id = try build(archive).lines
        let run = try LayerctlRun(
            shell: """
                \(Self.podman)
                podman load -q -i '\(archive)' >&2 && podman images -q --no-trunc &&
                cd "$(podman image mount localhost/example/tool:1 || podman image mount docker.io/example/tool:1)" &&
                chroot . /app/sh -c 'cd /app; read built < BUILT; echo "ran $built"'
                """
        )
        #expect(run.lines == id + ["ran example/tool:1"], "\(run.errors)")
    }

    @Test("podman runs it", Need.root, Need.tool("podman"), Need.tool("runc"))
    func container() throws {
        let archive = scratch.path + "/tool.tar"
        #expect(try build(archive).status == 0)
        // Limits of its own, as podman's usual ones are more than some hosts allow, and the runtime that takes every kind of control group.
        let run = try LayerctlRun(
            shell: """
                \(Self.podman)
                podman load -q -i '\(archive)' >&2 && podman --runtime runc run --rm --network none \
                    --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 example/tool:1
                """
        )
        #expect(run.lines == ["ran example/tool:1"], "\(run.errors)")
    }
}
