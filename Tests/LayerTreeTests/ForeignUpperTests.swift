import LayerArchive
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("Read-write layers are read as whoever wrote them meant it") struct ForeignUpperTests {
    /// Lower layers, what an upper directory holds, the changes that it means, and the layer that it becomes.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let lowers: [[String]]
        /// `d/`, `f=text`, `s->target`, `f!` for a whiteout; behind a blank attributes of overlayfs as `key=value`.
        let upper: [String]
        let changes: [String]
        let layer: [String]
        var readsMarkers = false
    }

    static let cases = [
        Case(
            testDescription: "a renamed directory, by its path",
            lowers: [["d/", "d/a=1", "d/b=2", "d/s/", "d/s/x=3"]],
            upper: ["d!", "e/ redirect=/d", "e/b!", "e/c=4"],
            changes: ["D /d", "A /e", "A /e/a", "A /e/c", "A /e/s", "A /e/s/x"],
            layer: ["d!", "e/", "e/a=1", "e/c=4", "e/s/", "e/s/x=3"]
        ),
        Case(
            testDescription: "a renamed directory, by its name",
            lowers: [["p/", "p/old/", "p/old/a=1"]],
            upper: ["p/", "p/old!", "p/new/ redirect=old"],
            changes: ["C /p", "A /p/new", "A /p/new/a", "D /p/old"],
            layer: ["p/", "p/new/", "p/new/a=1", "p/old!"]
        ),
        Case(
            testDescription: "a directory renamed over another",
            lowers: [["d/", "d/a=1", "d/b=2", "e/", "e/b=other", "e/c=3"]],
            upper: ["d!", "e/ redirect=/d"],
            changes: ["D /d", "C /e", "A /e/a", "C /e/b", "D /e/c"],
            layer: ["d!", "e/", "e/a=1", "e/b=2", "e/c!"]
        ),
        Case(
            testDescription: "only the attributes of a file copied up",
            lowers: [["f=hello"]],
            upper: ["f=..... 600 metacopy="],
            changes: ["C /f"],
            layer: ["f=hello 600"]
        ),
        Case(
            testDescription: "the attributes of a renamed file copied up",
            lowers: [["f=hello"]],
            upper: ["f!", "g=..... metacopy= redirect=/f"],
            changes: ["D /f", "A /g"],
            layer: ["f!", "g=hello"]
        ),
        Case(
            testDescription: "whiteouts by an attribute count where the directory says so",
            lowers: [["d/", "d/a=1", "d/b=2", "e/", "e/a=1"]],
            upper: ["d/ opaque=x", "d/a whiteout=", "e/", "e/a whiteout="],
            changes: ["C /d", "D /d/a", "C /e", "C /e/a"],
            layer: ["d/", "d/a!", "e/", "e/a"]
        ),
        Case(
            testDescription: "an opaque directory",
            lowers: [["d/", "d/a=1", "d/b=2"]],
            upper: ["d/ opaque=y", "d/b=3"],
            changes: ["C /d", "D /d/a", "C /d/b"],
            layer: ["d/", "d/a!", "d/b=3"]
        ),
        Case(
            testDescription: "an opaque root",
            lowers: [["d/", "d/a=1", "f=2"]],
            upper: ["/ opaque=y", "f=3"],
            changes: ["D /d", "C /f"],
            layer: ["d!", "f=3"]
        ),
        Case(
            testDescription: "what fuse-overlayfs leaves in directories that are opaque",
            lowers: [["d/", "d/a=1"]],
            upper: ["d/", "d/.wh..wh..opq", "d/.wh..opq!", "d/b=2", "n/", "n/.wh..wh..opq", "n/.wh..opq!"],
            changes: ["C /d", "D /d/a", "A /d/b", "A /n"],
            layer: ["d/", "d/a!", "d/b=2", "n/"],
            readsMarkers: true
        ),
        Case(
            testDescription: "markers by name where device nodes are refused",
            lowers: [["d/", "d/a=1", "f=2"]],
            upper: ["d/", "d/.wh.a", ".wh.f"],
            changes: ["C /d", "D /d/a", "D /f"],
            layer: ["d/", "d/a!", "f!"],
            readsMarkers: true
        ),
        Case(
            testDescription: "whiteouts of what is not there, and copies without a change, mean nothing",
            lowers: [["d/", "d/a=1"]],
            upper: ["d/", "d/a=1", "x!"],
            changes: [],
            layer: []
        ),
        Case(
            testDescription: "a whole stack below an opaque layer is not there",
            lowers: [["a=1"], [".wh..wh..opq", "b=2"]],
            upper: ["a=1", "b!"],
            changes: ["A /a", "D /b"],
            layer: ["a=1", "b!"]
        ),
    ]

    @Test("Changes, and the layer made of them", arguments: cases)
    func reading(_ item: Case) throws {
        let tars = try item.lowers.map { TarBuilder.tar(try LayerSketch.layer($0)) }
        let stack = try UnpackedStack(tars)
        let scratch = try ScratchDirectory()
        let upper = try Directory(path: scratch.path)
        for line in item.upper { try Self.make(line, in: upper) }
        let lowers = LowerStack(
            stack.lowers.reversed().map { StackedLayer(index: $0.index, tree: $0.tree, isExact: false) }
        )
        var form = UpperForm(
            namespaces: .user,
            ownUserID: Host.effectiveUserID,
            ownGroupID: Host.effectiveGroupID,
            hasExactOwners: false
        )
        form.readsMarkers = item.readsMarkers
        let set = ChangeWalk.changes(in: upper, over: lowers, form: form)
        #expect(set.problems.isEmpty)
        let listed = set.changes.filter(\.isListed).map { "\($0.kind.rawValue) \($0.path)" }
        #expect(listed.sorted { $0.dropFirst(2) < $1.dropFirst(2) } == item.changes)
        guard !set.isEmpty else { return #expect(item.layer.isEmpty) }
        let files = ChangedFiles(upper: upper, lowers: lowers)
        let tar = try UnpackedStack.bytes(of: ChangeTar(set.changes, files, latestTime: nil))
        let layer = try UnpackedStack(tars + [tar])
        #expect(try OverlaySketch.lines(of: layer.lowers[tars.count].tree) == item.layer)
    }

    @Test("An attribute that overlayfs escaped is content under its own name")
    func escapedAttribute() throws {
        let scratch = try ScratchDirectory()
        let upper = try Directory(path: scratch.path)
        try Self.make("f=1 overlay.opaque=y", in: upper)
        let form = UpperForm(namespaces: .user, ownUserID: 0, ownGroupID: 0, hasExactOwners: true)
        let set = ChangeWalk.changes(in: upper, over: LowerStack([]), form: form)
        let attribute = ExtendedAttribute(name: Array("user.overlay.opaque".utf8), value: Array("y".utf8))
        #expect(set.changes.map(\.attributes.extendedAttributes) == [[attribute]])
    }

    /// Makes one name of a read-write layer with the times of the sketched layers.
    private static func make(_ line: String, in upper: Directory) throws {
        var words = line.split(separator: " ").map(String.init)
        let text = words.removeFirst()
        let mode = words.first.flatMap { UInt16($0, radix: 8) }
        if mode != nil { words.removeFirst() }
        let attributes = words.map { word in
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return ExtendedAttribute(name: Array("user.overlay.\(parts[0])".utf8), value: Array(parts[1].utf8))
        }
        if text == "/" {
            for attribute in attributes { try upper.setExtendedAttribute(attribute) }
            return
        }
        let isWhiteout = text.hasSuffix("!")
        let parts = text.split(separator: "=", maxSplits: 1)
        let path = try LayerPath(normalizing: Array((isWhiteout ? text.dropLast() : parts[0]).utf8))
        let directory = try upper.openInRoot(path.parent?.bytes ?? [])
        let name = Array(path.name)
        if isWhiteout { return try directory.makeWhiteout(name) }
        if text.hasSuffix("/") {
            try directory.makeDirectory(name)
        } else {
            try directory.createFile(name).write(parts.count > 1 ? Array(parts[1].utf8) : [])
        }
        for attribute in attributes { try directory.setExtendedAttribute(attribute, of: name) }
        try directory.setMode(name, mode ?? (text.hasSuffix("/") ? 0o755 : 0o644))
        try directory.setTimes(name, Timestamp(seconds: 0))
    }
}
