import Foundation
import LayerModel
import LayerTestKit
import Testing

@testable import LayerSystem

@Suite("Paths below a root")
struct RootedResolverTests {
    private let scratch: ScratchDirectory
    private let root: Directory

    /// A path, and what it leads to in the tree that `init` makes: a file's content, a directory's mark, or an error number.
    struct PathCase: Sendable, CustomTestStringConvertible {
        let path: String
        let outcome: Outcome
        var flags: CInt = 0

        enum Outcome: Sendable, Equatable {
            case file(String)
            case directory(String)
            case link
            case error(CInt)
        }

        var testDescription: String { path.utf8.count > 60 ? "\(path.prefix(60))…" : path }
    }

    init() throws {
        scratch = try ScratchDirectory()
        let outer = try Directory(path: scratch.path)
        // What stands outside the root must never be reached; its file has the name that escapes would look for.
        try outer.createFile("secret").write(Array("outside".utf8))
        try outer.makeDirectory("root")
        root = try outer.open("root")
        try root.createFile("secret").write(Array("inside".utf8))
        for name in ["a", "run", "a/b", "a/b/c", "many"] { try Self.makeDirectory(name, in: root) }
        try Self.write("a/b/file", "deep", in: root)
        try Self.write("run/pid", "pid", in: root)
        let links = [
            ("absolute", "/a/b"), ("relative", "a/b"), ("up", "../../../secret"), ("up-absolute", "/../../secret"),
            ("var", "/run"), ("hop", "relative/../b/file"), ("slash", "a/b/"), ("file-slash", "secret/"),
            ("loop", "loop"), ("ping", "pong"), ("pong", "ping"), ("dangling", "nowhere"), ("self-root", "/"),
            ("host", scratch.path + "/secret"), ("dot", "."), ("chain-0", "secret"), ("empty-tail", "a//b///file"),
        ]
        for (name, target) in links { try root.makeSymbolicLink(name, target: target) }
        try root.open("a").makeSymbolicLink("out", target: "../../secret")
        try root.open("a").makeSymbolicLink("down", target: "b/../../var/pid")
        for number in 1...41 { try root.makeSymbolicLink("chain-\(number)", target: "chain-\(number - 1)") }
    }

    private static func makeDirectory(_ path: String, in root: Directory) throws {
        let parts = path.split(separator: "/")
        var directory = root
        for part in parts { directory = try directory.openOrMakeDirectory(String(part)) }
        try directory.setExtendedAttribute(ExtendedAttribute(name: Array("user.mark".utf8), value: Array(path.utf8)))
    }

    private static func write(_ path: String, _ content: String, in root: Directory) throws {
        let parts = path.split(separator: "/").map(String.init)
        let parent = try parts.dropLast().reduce(root) { directory, name in try directory.open(name) }
        try parent.createFile(parts[parts.count - 1]).write(Array(content.utf8))
    }

    static let pathCases: [PathCase] = [
        PathCase(path: "", outcome: .directory("")),
        PathCase(path: "/", outcome: .directory("")),
        PathCase(path: ".", outcome: .directory("")),
        PathCase(path: "..", outcome: .directory("")),
        PathCase(path: "../../..", outcome: .directory("")),
        PathCase(path: "secret", outcome: .file("inside")),
        PathCase(path: "/secret", outcome: .file("inside")),
        PathCase(path: "../secret", outcome: .file("inside")),
        PathCase(path: "a/../../../secret", outcome: .file("inside")),
        PathCase(path: "./a/./b/.", outcome: .directory("a/b")),
        PathCase(path: "a//b//file", outcome: .file("deep")),
        PathCase(path: "a/b/..", outcome: .directory("a")),
        PathCase(path: "a/b/c/../..", outcome: .directory("a")),
        PathCase(path: "a/b/c/../../b/file", outcome: .file("deep")),
        PathCase(path: "absolute", outcome: .directory("a/b")),
        PathCase(path: "absolute/file", outcome: .file("deep")),
        PathCase(path: "relative/c", outcome: .directory("a/b/c")),
        PathCase(path: "relative/../b/file", outcome: .file("deep")),
        PathCase(path: "up", outcome: .file("inside")),
        PathCase(path: "up-absolute", outcome: .file("inside")),
        PathCase(path: "a/out", outcome: .file("inside")),
        PathCase(path: "var/pid", outcome: .file("pid")),
        PathCase(path: "a/down", outcome: .file("pid")),
        PathCase(path: "hop", outcome: .file("deep")),
        PathCase(path: "slash", outcome: .directory("a/b")),
        PathCase(path: "slash/file", outcome: .file("deep")),
        PathCase(path: "self-root/secret", outcome: .file("inside")),
        PathCase(path: "self-root/self-root/a", outcome: .directory("a")),
        PathCase(path: "dot/dot/secret", outcome: .file("inside")),
        PathCase(path: "empty-tail", outcome: .file("deep")),
        PathCase(path: "secret/", outcome: .error(ENOTDIR)),
        PathCase(path: "secret/.", outcome: .error(ENOTDIR)),
        PathCase(path: "secret/..", outcome: .error(ENOTDIR)),
        PathCase(path: "secret/x", outcome: .error(ENOTDIR)),
        PathCase(path: "file-slash", outcome: .error(ENOTDIR)),
        PathCase(path: "host", outcome: .error(ENOENT)),
        PathCase(path: "nowhere", outcome: .error(ENOENT)),
        PathCase(path: "nowhere/..", outcome: .error(ENOENT)),
        PathCase(path: "dangling", outcome: .error(ENOENT)),
        PathCase(path: "loop", outcome: .error(ELOOP)),
        PathCase(path: "ping/x", outcome: .error(ELOOP)),
        PathCase(path: "chain-39", outcome: .file("inside")),
        PathCase(path: "chain-40", outcome: .error(ELOOP)),
        PathCase(path: "chain-41", outcome: .error(ELOOP)),
        PathCase(path: "x\0y", outcome: .error(EINVAL)),
        PathCase(path: String(repeating: "x", count: 256), outcome: .error(ENAMETOOLONG)),
        PathCase(path: String(repeating: "./", count: 2047) + "a", outcome: .directory("a")),
        PathCase(path: String(repeating: "./", count: 2048), outcome: .error(ENAMETOOLONG)),
        PathCase(path: String(repeating: "a/../", count: 800) + "secret", outcome: .file("inside")),
        PathCase(path: "up", outcome: .link, flags: O_NOFOLLOW),
        PathCase(path: "loop", outcome: .link, flags: O_NOFOLLOW),
        PathCase(path: "a/out", outcome: .link, flags: O_NOFOLLOW),
        PathCase(path: "absolute/file", outcome: .file("deep"), flags: O_NOFOLLOW),
        PathCase(path: "absolute/", outcome: .directory("a/b"), flags: O_NOFOLLOW),
        PathCase(path: "absolute/.", outcome: .directory("a/b"), flags: O_NOFOLLOW),
        PathCase(path: "absolute/..", outcome: .directory("a"), flags: O_NOFOLLOW),
        PathCase(path: "absolute", outcome: .error(ENOTDIR), flags: O_NOFOLLOW | O_DIRECTORY),
        PathCase(path: "secret", outcome: .error(ENOTDIR), flags: O_DIRECTORY),
    ]

    @Test("both resolvers lead to the same place, inside the root", arguments: RootedResolver.allCases, pathCases)
    func paths(_ resolver: RootedResolver, _ item: PathCase) throws {
        #expect(outcome(of: item.path, flags: item.flags, resolver) == item.outcome)
    }

    private func outcome(of path: String, flags: CInt, _ resolver: RootedResolver) -> PathCase.Outcome {
        do throws(SystemError) {
            // O_PATH, which Swift does not show.
            let handle = try root.resolve(path, flags: 0o10000000 | flags, with: resolver)
            let shown = File(owning: handle, label: path)
            switch try shown.status().kind {
            case .symbolicLink: return .link
            case .directory:
                let opened = try root.resolve(path, flags: O_RDONLY | O_DIRECTORY | flags, with: resolver)
                let mark = try Directory(owning: opened, label: path).extendedAttribute("user.mark") ?? []
                return .directory(String(decoding: mark, as: UTF8.self))
            default:
                let opened = try root.resolve(path, flags: O_RDONLY | flags, with: resolver)
                let content = try File(owning: opened, label: path).readAll(byteLimit: 100)
                return .file(String(decoding: content, as: UTF8.self))
            }
        } catch {
            return .error(error.code)
        }
    }

    @Test(
        "links that lead out by magic are refused",
        arguments: RootedResolver.allCases,
        ["self/root", "self/cwd", "self/exe", "self/fd/0"]
    )
    func magicLinks(_ resolver: RootedResolver, _ path: String) throws {
        let proc = try Directory(path: "/proc")
        let numbered = path.replacingOccurrences(of: "self", with: "\(getpid())")
        let error = #expect(throws: SystemError.self) { try proc.resolve(numbered, flags: O_RDONLY, with: resolver) }
        #expect(error?.isLinkRefused == true)
    }

    @Test("a path to the deepest place of a deep tree is resolved", arguments: RootedResolver.allCases)
    func deepPath(_ resolver: RootedResolver) throws {
        var parent = try root.open("many")
        for _ in 0..<2000 {
            try parent.makeDirectory("d")
            parent = try parent.open("d")
        }
        let path = "many" + String(repeating: "/d", count: 2000)
        let opened = try root.resolve(path + "/..", flags: O_RDONLY | O_DIRECTORY, with: resolver)
        #expect(try Directory(owning: opened, label: "").list() == [Array("d".utf8)])
        try root.removeTree("many")
    }

    @Test("opening below a root refuses what is no regular file")
    func kinds() throws {
        try root.makeNode("pipe", kind: .fifo)
        try root.makeSymbolicLink("to-pipe", target: "pipe")
        for path in ["pipe", "to-pipe", "a"] {
            let error = #expect(throws: SystemError.self) { try root.openFileInRoot(path) }
            #expect(error?.isNotRegularFile == true)
        }
        #expect(try root.openFileInRoot("hop").readAll(byteLimit: 10) == Array("deep".utf8))
        #expect(try root.openInRoot("absolute").list() == [Array("c".utf8), Array("file".utf8)])
        #expect(try root.statusInRoot("absolute", followsLastLink: false).kind == .symbolicLink)
        #expect(try root.statusInRoot("absolute", followsLastLink: true).kind == .directory)
        #expect(throws: SystemError.self) { try root.openInRoot("secret") }
    }
}
