import Foundation
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

/// One way to change a checkout, and what is to be found.
struct CheckoutEdit: Sendable, CustomStringConvertible {
    /// What is done.
    let name: String
    /// Does it, given the path of the checkout.
    let run: @Sendable (String) throws -> Void
    /// The lines of `diff`.
    let lines: [String]

    var description: String { name }

    init(_ name: String, _ lines: [String], _ run: @escaping @Sendable (String) throws -> Void) {
        (self.name, self.run, self.lines) = (name, run, lines)
    }
}

@Suite("A checkout knows what was changed in it, whatever way that was done") struct CheckoutChangeTests {
    /// What is edited: two directories with a file of the same name, length and time in each.
    private static func layer() throws -> [LayerEntry] {
        var entries = try LayerSketch.layer([
            "a/", "a/f=one", "a/g=two", "a/sub/", "a/sub/x=deep", "b/", "b/f=six", "l->a/f", "h1=linked", "h2=>h1",
            "p|", "e/",
        ])
        for place in entries.indices { entries[place].attributes.modificationTime = Timestamp(seconds: 1_600_000_000) }
        return entries
    }

    private static func call(_ result: Int32) throws {
        guard result == 0 else { throw SystemError(call: "test", subject: "", code: errno) }
    }

    /// Writes over a file in place and gives it its former time.
    private static func rewrite(_ path: String, _ text: String) throws {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
        try resetTime(path)
    }

    private static func resetTime(_ path: String) throws {
        let time = timespec(tv_sec: 1_600_000_000, tv_nsec: 0)
        try call(utimensat(AT_FDCWD, path, [time, time], 0))
    }

    static let edits: [CheckoutEdit] = [
        CheckoutEdit("nothing", []) { _ in },
        CheckoutEdit("write a new file", ["C /a", "A /a/new"]) {
            try Data("x".utf8).write(to: URL(fileURLWithPath: $0 + "/a/new"))
        },
        CheckoutEdit("append", ["C /a", "C /a/f"]) { root in
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: root + "/a/f"))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("more".utf8))
        },
        CheckoutEdit("truncate", ["C /a", "C /a/f"]) { try call(truncate($0 + "/a/f", 1)) },
        CheckoutEdit("write other bytes, keep length and time", ["C /a", "C /a/f"]) { try rewrite($0 + "/a/f", "eno") },
        CheckoutEdit("write the same bytes, keep length and time", []) { try rewrite($0 + "/a/f", "one") },
        CheckoutEdit("touch", ["C /a", "C /a/f"]) { try call(utimensat(AT_FDCWD, $0 + "/a/f", nil, 0)) },
        CheckoutEdit("replace by a file of the same length and time", ["C /a", "C /a/f"]) { root in
            try Data("eno".utf8).write(to: URL(fileURLWithPath: root + "/a/t"))
            try resetTime(root + "/a/t")
            try call(rename(root + "/a/t", root + "/a/f"))
        },
        CheckoutEdit("chmod a file", ["C /a", "C /a/f"]) { try call(chmod($0 + "/a/f", 0o600)) },
        CheckoutEdit("chmod a directory", ["C /e"]) { try call(chmod($0 + "/e", 0o711)) },
        CheckoutEdit("rename a file", ["C /a", "D /a/f", "A /a/r"]) { try call(rename($0 + "/a/f", $0 + "/a/r")) },
        CheckoutEdit("rename a file over another", ["C /a", "D /a/f", "C /a/g"]) {
            try call(rename($0 + "/a/f", $0 + "/a/g"))
        },
        CheckoutEdit("rename a directory", ["D /a", "A /r", "A /r/f", "A /r/g", "A /r/sub", "A /r/sub/x"]) {
            try call(rename($0 + "/a", $0 + "/r"))
        },
        CheckoutEdit(
            "exchange directories with files alike",
            ["C /a", "C /a/f", "D /a/g", "D /a/sub", "C /b", "C /b/f", "A /b/g", "A /b/sub", "A /b/sub/x"]
        ) { root in
            try call(rename(root + "/a", root + "/t"))
            try call(rename(root + "/b", root + "/a"))
            try call(rename(root + "/t", root + "/b"))
        },
        CheckoutEdit("unlink", ["C /a", "D /a/f"]) { try call(unlink($0 + "/a/f")) },
        CheckoutEdit("remove a directory with all in it", ["D /a"]) {
            try FileManager.default.removeItem(atPath: $0 + "/a")
        },
        CheckoutEdit("remove a directory and make it again", ["C /b", "D /b/f"]) { root in
            try FileManager.default.removeItem(atPath: root + "/b")
            try call(mkdir(root + "/b", 0o755))
            try call(chmod(root + "/b", 0o755))
        },
        CheckoutEdit("a file in the place of a directory", ["C /a"]) { root in
            try FileManager.default.removeItem(atPath: root + "/a")
            try Data("x".utf8).write(to: URL(fileURLWithPath: root + "/a"))
        },
        CheckoutEdit("a directory in the place of a file", ["C /a", "C /a/f", "A /a/f/n"]) { root in
            try call(unlink(root + "/a/f"))
            try call(mkdir(root + "/a/f", 0o755))
            try Data("x".utf8).write(to: URL(fileURLWithPath: root + "/a/f/n"))
        },
        CheckoutEdit("a further name", ["C /a", "A /a/n"]) { try call(link($0 + "/a/f", $0 + "/a/n")) },
        CheckoutEdit("write through one of two names", ["C /h1", "C /h2"]) { try call(truncate($0 + "/h2", 2)) },
        CheckoutEdit("remove one of two names", ["D /h2"]) { try call(unlink($0 + "/h2")) },
        CheckoutEdit("break a link with the same content", []) { root in
            try Data("linked".utf8).write(to: URL(fileURLWithPath: root + "/t"))
            try call(chmod(root + "/t", 0o644))
            try resetTime(root + "/t")
            try call(rename(root + "/t", root + "/h2"))
        },
        CheckoutEdit("another target of a symbolic link", ["C /l"]) { root in
            try call(unlink(root + "/l"))
            try call(symlink("b/f", root + "/l"))
        },
        CheckoutEdit("a new symbolic link", ["A /n"]) { try call(symlink("a", $0 + "/n")) },
        CheckoutEdit("a new FIFO", ["A /n"]) { try call(mkfifo($0 + "/n", 0o644)) },
        CheckoutEdit("an extended attribute", ["C /a", "C /a/f"]) { root in
            let attribute = ExtendedAttribute(name: Array("user.x".utf8), value: [1])
            try Directory(path: root + "/a").setExtendedAttribute(attribute, of: "f")
        },
        CheckoutEdit("an extended attribute of a directory", ["C /e"]) { root in
            try Directory(path: root + "/e")
                .setExtendedAttribute(ExtendedAttribute(name: Array("user.x".utf8), value: [1]))
        },
        CheckoutEdit("what overlayfs would obey", ["C /a"]) { root in
            try Directory(path: root + "/a")
                .setExtendedAttribute(
                    ExtendedAttribute(name: Array("user.overlay.opaque".utf8), value: Array("y".utf8))
                )
            try call(chmod(root + "/a", 0o700))
        },
    ]

    @Test("It is found, and found again in the folded layer", arguments: edits) func change(edit: CheckoutEdit) throws {
        let sample = try CheckoutSample([Self.layer()])
        let checkout = try sample.checkOut("checkout")
        try edit.run(sample.path("checkout"))
        let changes = sample.changes(checkout)
        #expect(changes.problems.isEmpty)
        #expect(changes.lines == edit.lines)
        #expect(changes.isUntouched == (edit.name == "nothing"))
        let upper = try sample.fold(checkout, into: "upper")
        let folded = sample.changes(in: upper)
        #expect(folded.lines == edit.lines)
        #expect(try sample.tar(folded, upper) == sample.tar(changes, checkout.root))
    }

    @Test("An owner", Need.root) func owner() throws {
        let sample = try CheckoutSample([Self.layer()])
        let checkout = try sample.checkOut("checkout")
        try Self.call(chown(sample.path("checkout") + "/a/f", 7, 8))
        #expect(sample.changes(checkout).lines == ["C /a", "C /a/f"])
    }

    @Test(
        "An untouched checkout is compared without reading a file",
        .enabled(if: notesReading, "needs a file system that notes when a file is read")
    )
    func readsNothing() throws {
        var entries: [LayerEntry] = []
        for number in 0..<2000 {
            let path = try LayerPath(normalizing: Array("d\(number / 100)/f\(number)".utf8))
            let attributes = FileAttributes(mode: 0o644, modificationTime: Timestamp(seconds: 1_600_000_000))
            entries.append(LayerEntry(path, .regular, attributes: attributes, content: Array("\(number)".utf8)))
        }
        let sample = try CheckoutSample([entries])
        let checkout = try sample.checkOut("checkout")
        #expect(sample.changes(checkout).changes.isEmpty)
        for number in 0..<2000 {
            let time = try Self.readTime(sample.path("checkout") + "/d\(number / 100)/f\(number)")
            #expect(time == 1_600_000_000, "f\(number) was read")
        }
    }

    private static let notesReading: Bool = {
        guard let scratch = try? ScratchDirectory() else { return false }
        let path = scratch.path + "/file"
        guard (try? Data("x".utf8).write(to: URL(fileURLWithPath: path))) != nil, (try? resetTime(path)) != nil else {
            return false
        }
        _ = try? String(contentsOfFile: path, encoding: .utf8)
        return (try? readTime(path)) != 1_600_000_000
    }()

    private static func readTime(_ path: String) throws -> Int {
        var status = stat()
        try call(stat(path, &status))
        return status.st_atim.tv_sec
    }
}
