import Foundation
import ImageTransport
import LayerTestKit
import Testing

/// What IMAGE|FILE means, with a host where only some paths exist.
@Suite struct ImageLocatorTests {
    struct Case: CustomStringConvertible {
        let argument: String
        let locator: ImageLocator

        init(_ argument: String, _ locator: ImageLocator) {
            self.argument = argument
            self.locator = locator
        }

        var description: String { argument }
    }

    private static let host: Set<String> = ["app.tar", "./app.tar", "/srv/app.tar", "a:b.tar", "layout", "app.tar:odd"]

    private static func file(_ path: String, _ selector: ImageSelector? = nil) -> ImageLocator {
        .file(.path(path), selector: selector)
    }

    static let cases = [
        Case("app.tar", file("app.tar")),
        Case("app.tar:busybox", file("app.tar", .name("busybox"))),
        Case("app.tar:busybox:1.0", file("app.tar", .name("busybox:1.0"))),
        Case("app.tar:localhost:5000/a:1", file("app.tar", .name("localhost:5000/a:1"))),
        Case("app.tar:@1", file("app.tar", .position(1))),
        Case("app.tar:@01", file("app.tar", .position(1))),
        Case("app.tar:@-1", file("app.tar", .name("@-1"))),
        Case("app.tar:@99999999999999999999", file("app.tar", .name("@99999999999999999999"))),
        Case("app.tar:", file("app.tar")),
        Case("./app.tar:@0", file("./app.tar", .position(0))),
        Case("/srv/app.tar:x", file("/srv/app.tar", .name("x"))),
        Case("a:b.tar", file("a:b.tar")),
        Case("a:b.tar:@0", file("a:b.tar", .position(0))),
        Case("app.tar:odd", file("app.tar:odd")),
        Case("layout:latest", file("layout", .name("latest"))),
        Case("-", .file(.standardInput, selector: nil)),
        Case("-:", .file(.standardInput, selector: nil)),
        Case("-:@1", .file(.standardInput, selector: .position(1))),
        Case("-:busybox:1", .file(.standardInput, selector: .name("busybox:1"))),
        Case("busybox", .name("busybox")),
        Case("busybox:1.0", .name("busybox:1.0")),
        Case("sha256:abc", .name("sha256:abc")),
        Case("/no/such.tar", file("/no/such.tar")),
        Case("./no-such.tar:x", file("./no-such.tar:x")),
        Case("../no-such", file("../no-such")),
        Case("", .name("")),
        Case(":", .name(":")),
    ]

    @Test("An argument means a file that exists, or else a name", arguments: cases)
    func locates(expected: Case) {
        #expect(ImageLocator(expected.argument) { Self.host.contains($0) } == expected.locator)
    }

    @Test("A directory counts only when it holds an image")
    func directories() throws {
        let placed = try PlacedFile(directory: SampleArchive.layout([SampleImage()]))
        #expect(ImageLocator(placed.path) == Self.file(placed.path))
        #expect(ImageLocator(placed.path + ":@0") == Self.file(placed.path, .position(0)))
        let folder = String(placed.path.dropLast("/layout".count))
        // A path is a file to be complained about, whatever lies there.
        #expect(ImageLocator(folder) == Self.file(folder))
        #expect(ImageLocator(folder + ":x") == Self.file(folder + ":x"))
    }

    @Test(
        "What lies at a path of the host decides, links followed",
        arguments: [
            ("file", true), ("fifo", true), ("link-to-file", true), ("link-to-fifo", true), ("layout", true),
            ("link-to-layout", true), ("layout/", true), ("layout/.", true), ("folder", false),
            ("link-to-folder", false),
            ("dangling", false), ("circle", false), ("nothing", false), ("file/below", false),
        ]
    )
    func hostPaths(expected: (name: String, isFile: Bool)) throws {
        let scratch = try ScratchDirectory()
        func at(_ name: String) -> String { scratch.path + "/" + name }
        let files = FileManager.default
        for folder in ["folder", "layout"] {
            try files.createDirectory(atPath: at(folder), withIntermediateDirectories: false)
        }
        for file in ["file", "layout/index.json"] { try Data().write(to: URL(fileURLWithPath: at(file))) }
        try #require(mkfifo(at("fifo"), 0o600) == 0)
        let links = [
            ("link-to-file", "file"), ("link-to-fifo", "fifo"), ("link-to-layout", "layout"),
            ("link-to-folder", "folder"),
            ("dangling", "nothing"), ("circle", "circle"),
        ]
        for (name, target) in links { try files.createSymbolicLink(atPath: at(name), withDestinationPath: target) }
        let path = at(expected.name)
        // A path that is no file keeps its colon: the message is about all of it.
        #expect(
            ImageLocator(path + ":x") == (expected.isFile ? Self.file(path, .name("x")) : Self.file(path + ":x"))
        )
    }

    @Test("A selector is written as it is read", arguments: ["@0", "@17", "busybox:1", "@x"])
    func selectors(text: String) {
        #expect(ImageSelector(text).description == text)
    }
}
