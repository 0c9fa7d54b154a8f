import LayerTestKit
import Testing

/// A record that the device does not give may say anything: who needs to know it is told why, and nothing is called absent.
@Suite(Need.tool("strace"), Need.tool("bash")) struct UnreadableRecordTests {
    private let commands: CommandStore
    private let image: MadeImage

    init() throws {
        commands = try CommandStore()
        image = try MadeImage([["d/", "file=1"]], tags: ["example.test/app:1", "example.test/alias:1"])
        try commands.load(image)
        #expect(try commands.run("create", "--name", "box", "-v", "/d", "example.test/app:1").status == 0)
        #expect(try commands.run("create", "--name", "other", "example.test/app:1").status == 0)
    }

    /// Runs a command whose reads of one file of the store fail.
    private func run(_ command: String, failing place: String, with code: String = "EIO") throws -> LayerctlRun {
        try LayerctlRun(
            shell: """
                strace -f -qq -o /dev/null -P "$LAYERCTL_ROOT/\(place)" -e trace=read,pread64 \
                    -e inject=read,pread64:error=\(code) "$layerctl" \(command)
                """,
            environment: ["LAYERCTL_ROOT": commands.root]
        )
    }

    private func record(of container: String) throws -> String {
        let ids = try commands.run("ps", "-aq", "--no-trunc", "--filter", "name=\(container)")
        return "containers/\(try #require(ids.lines.first))/container.json"
    }

    private static let alias = "names/example.test/alias/:1"

    @Test(
        "What needs all names of an image ends with the error, and removes nothing",
        arguments: ["save example.test/app:1 | cat > /dev/null; exit ${PIPESTATUS[0]}", "inspect ID", "rmi -f ID"]
    )
    func names(command: String) throws {
        let failed = try run(command.replacing("ID", with: image.hexID), failing: Self.alias)
        #expect(failed.status == 1, "\(failed.output)")
        #expect(failed.errors.contains("alias/:1\": Input/output error"), "\(failed.errors)")
        #expect(try commands.run("images").lines.count == 3)
    }

    @Test(
        "A layer that cannot be read for want of descriptors is not called damaged",
        arguments: ["check", "verify --all"]
    )
    func layer(command: String) throws {
        let failed = try run(command, failing: "layers/sha256/\(image.hexDiffIDs[0])/index", with: "EMFILE")
        #expect(failed.status == 1, "\(failed.output)")
        #expect(failed.errors.contains("Too many open files"), "\(failed.errors)")
    }

    @Test("The list of containers shows them, with a warning that names of images are missing")
    func containers() throws {
        let listed = try run("ps -a", failing: Self.alias)
        #expect(listed.status == 0 && listed.lines.count == 3, "\(listed.output)")
        #expect(listed.errors.contains("warning") && listed.errors.contains("Input/output error"), "\(listed.errors)")
    }

    @Test("The list of images shows the others, with a warning")
    func list() throws {
        let listed = try run("images", failing: Self.alias)
        #expect(listed.status == 0 && listed.lines.count == 2, "\(listed.output)")
        #expect(listed.errors.contains("warning") && listed.errors.contains("Input/output error"), "\(listed.errors)")
    }

    @Test(
        "A container that may be the one that is meant is not called absent",
        arguments: ["rm box", "diff box", "inspect --type container box", "start box", "create --name box ID"]
    )
    func container(command: String) throws {
        let failed = try run(command.replacing("ID", with: image.hexID), failing: try record(of: "box"))
        #expect(failed.status == 1, "\(failed.output)")
        #expect(failed.errors.contains("container.json\": Input/output error"), "\(failed.errors)")
    }

    @Test("A volume that an unreadable container may use stays, with a warning, when another one goes")
    func volume() throws {
        let failed = try run("rm -v box", failing: try record(of: "other"))
        #expect(failed.status == 1, "\(failed.errors)")
        #expect(failed.errors.contains("a container whose record cannot be read may use it"), "\(failed.errors)")
        #expect(try commands.run("volume", "ls", "-q").lines.count == 1)
    }

    @Test(
        "A process without descriptors says so, and nothing about records",
        arguments: ["images", "ps -a", "gc", "check"]
    )
    func exhausted(command: String) throws {
        let failed = try run(command, failing: try record(of: "box"), with: "EMFILE")
        let other = try run(command, failing: Self.alias, with: "EMFILE")
        #expect([failed, other].contains { $0.status == 1 && $0.errors.contains("Too many open files") })
        #expect(![failed, other].contains { $0.errors.contains("warning") })
    }
}
