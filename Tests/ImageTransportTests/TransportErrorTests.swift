import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

/// What is said of a failure: the file, the member and the reason, on one line that cannot steer a terminal.
@Suite struct TransportErrorTests {
    struct Case: CustomStringConvertible {
        let error: any Error & Sendable
        let kind: TransportError.Kind

        var description: String { "\(error)" }
    }

    static let subject = TransportError.Subject(file: "f", member: "m")

    @Test(
        "An error of a lower module keeps its reason and gets a kind",
        arguments: [
            Case(error: ArchiveError.truncated("tar"), kind: .truncated),
            Case(error: ArchiveError.corrupt("tar", reason: "x"), kind: .corrupt),
            Case(error: ArchiveError.checksum("tar"), kind: .corrupt),
            Case(error: ArchiveError.limit(.entries, "too many"), kind: .corrupt),
            Case(error: ArchiveError.unsupported("thing"), kind: .unsupported),
            Case(error: ArchiveError.entry(name: [65], .truncated("tar")), kind: .truncated),
            Case(error: ArchiveError.entry(name: [65], .entry(name: [66], .unsupported("x"))), kind: .unsupported),
            Case(error: DigestError.malformed("x"), kind: .invalid),
            Case(error: DigestError.unsupportedAlgorithm("x:y"), kind: .unsupported),
            Case(error: SystemError(call: "read", subject: "f", code: 5), kind: .system),
            Case(error: SystemError(call: "open", subject: "f", code: 2), kind: .notFound),
            Case(error: SystemError(call: "open", subject: "f", code: 13), kind: .system),
            Case(error: SystemError(call: "read", subject: "f", code: SystemError.endsEarlyCode), kind: .truncated),
            Case(error: SpecError(document: "config", path: "a.b", reason: .invalid("x")), kind: .invalid),
            Case(error: TransportError(.ambiguous, TransportError.Subject(file: "own"), "x"), kind: .ambiguous),
        ]
    )
    func wrapping(expected: Case) {
        let error = TransportError.wrapping(expected.error, Self.subject)
        #expect(error.kind == expected.kind)
        #expect(error.reason.isEmpty == false)
        if let own = expected.error as? TransportError {
            #expect(error == own)
        } else {
            #expect(error.subject == Self.subject)
            #expect(error.description == "f: m: \(error.reason)")
        }
    }

    @Test("No byte from outside steers a terminal, whatever part of the message it is in")
    func escaping() throws {
        let nasty = "a\u{1B}[2J\n\r\t\u{7F}\u{9B}\u{202E}\u{2066}b"
        let error = TransportError(.invalid, TransportError.Subject(file: nasty), nasty)
        for scalar in error.description.unicodeScalars {
            #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
            #expect(scalar != "\u{202E}" && scalar != "\u{2066}")
        }
        var archive = SampleArchive()
        archive.add("manifest.json", #"[{"Config":"\u001b[31m\u202e\n","Layers":[]}]"#)
        let file = try PlacedFile(archive)
        let found = try #require(#expect(throws: TransportError.self) { try file.open() })
        #expect(found.description.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" })
        #expect(found.description.contains("[31m"))
    }

    @Test("A reason that quotes a document whole is cut")
    func length() {
        let error = TransportError(.invalid, Self.subject, String(repeating: "x", count: 100_000))
        #expect(error.reason.count < 5_000)
    }
}
