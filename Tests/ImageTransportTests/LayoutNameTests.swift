import ImageSpec
import ImageTransport
import Testing

/// The names in `index.json` (contract L-114).
@Suite struct LayoutNameTests {
    static let image = SampleImage(["one"])

    struct Case: CustomStringConvertible {
        var containerd: String?
        var refName: String?
        let references: [String]

        var description: String { "\(containerd ?? "-") \(refName ?? "-")" }

        var annotations: String {
            let members = [("io.containerd.image.name", containerd), ("org.opencontainers.image.ref.name", refName)]
                .compactMap { key, value in value.map { "\"\(key)\":\"\($0)\"" } }
            return ",\"annotations\":{\(members.joined(separator: ","))}}"
        }
    }

    static let cases = [
        Case(references: []),
        Case(containerd: "docker.io/library/busybox:1", refName: "1", references: ["busybox:1"]),
        Case(containerd: "ghcr.io/a/b:c", references: ["ghcr.io/a/b:c"]),
        Case(refName: "docker.io/library/busybox:1", references: ["busybox:1"]),
        Case(refName: "busybox:1", references: ["busybox:1"]),
        Case(refName: "localhost/x", references: ["localhost/x:latest"]),
        Case(refName: "latest", references: []),
        Case(refName: "1.0", references: []),
        Case(refName: "../../x", references: []),
        Case(refName: "a//b:c", references: []),
        Case(refName: "Upper/Case:1", references: []),
        Case(refName: "a/b@sha256:\(String(repeating: "a", count: 64))", references: []),
        Case(refName: "x\\u001b[2J/y:1", references: []),
        Case(refName: "", references: []),
    ]

    @Test("A full name is a reference; a bare tag and what is no name are none", arguments: cases)
    func names(expected: Case) throws {
        var archive = SampleArchive()
        archive.add("oci-layout", SampleArchive.layoutMarker)
        archive.addIndex([try archive.addImage(Self.image) + expected.annotations])
        let source = try PlacedFile(archive).open()
        let image = try source.onlyImage()
        #expect(image.references.map(\.familiar) == expected.references)
        #expect(source.choices.allSatisfy { $0.hasPrefix("@0") })
    }

    @Test("Names of entries below a nested index do not count")
    func nested() throws {
        var archive = SampleArchive()
        archive.add("oci-layout", SampleArchive.layoutMarker)
        let inner = Case(containerd: "inner.test/a:1", refName: "1", references: [])
        let manifest = try archive.addImage(Self.image) + inner.annotations
        let outer = Case(containerd: "outer.test/b:2", refName: "2", references: [])
        archive.addIndex([archive.addNestedIndex([manifest]) + outer.annotations])
        #expect(try PlacedFile(archive).open().onlyImage().references.map(\.familiar) == ["outer.test/b:2"])
    }

    @Test("Entries of one digest are one image with all the names")
    func joined() throws {
        var archive = SampleArchive()
        archive.add("oci-layout", SampleArchive.layoutMarker)
        let manifest = try archive.addImage(Self.image)
        let names = ["a.test/a:1", "a.test/a:2", "b.test/b:latest"]
        archive.addIndex(names.map { manifest + Case(refName: $0, references: []).annotations })
        let file = try PlacedFile(archive)
        #expect(try file.open().onlyImage().references.map(\.familiar) == names)
        for position in names.indices {
            #expect(try file.open("@\(position)").onlyImage().imageID == Self.image.id)
        }
    }
}
