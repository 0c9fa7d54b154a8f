import Foundation
import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import Testing

/// What a descriptor says of a blob is held to the blob (contracts L-100 to L-104).
@Suite struct DescriptorTests {
    /// Whose descriptor, or whose blob.
    enum Target: String, CaseIterable {
        case manifest
        case config
        case layer
    }

    static let image = SampleImage(["one"])

    /// An OCI archive of which one descriptor is written otherwise.
    static func archive(_ target: Target, _ edit: (String) -> String) throws -> SampleArchive {
        func edited(_ descriptor: String, _ whose: Target) -> String {
            whose == target ? edit(descriptor + "}") : descriptor + "}"
        }
        var archive = SampleArchive()
        archive.add("oci-layout", SampleArchive.layoutMarker)
        let config = archive.addBlob(image.config, type: SampleArchive.configType)
        let layer = archive.addBlob(Codec.gzip(image.layers[0]), type: SampleArchive.layerType + "+gzip")
        let manifest = archive.addManifest(config: edited(config, .config), layers: [edited(layer, .layer)])
        archive.addIndex([edited(manifest, .manifest)])
        return archive
    }

    /// The blob's bytes and digest.
    static func blob(_ target: Target) throws -> (bytes: [UInt8], digest: Digest) {
        let good = try archive(target) { $0 }
        let bytes: [UInt8] =
            switch target {
            case .config: image.config
            case .layer: Codec.gzip(image.layers[0])
            case .manifest:
                try #require(
                    good.members.first {
                        $0.content.starts(
                            with: #"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest"#.utf8
                        )
                    }
                ).content
            }
        return (bytes, Digest.sha256(of: bytes))
    }

    /// One bit is another: in gzip the time in the header, so that what is inside stays the same.
    private static func flipped(_ bytes: [UInt8]) -> [UInt8] {
        var flipped = bytes
        flipped[4] ^= 1
        return flipped
    }

    private static func refusal(_ archive: SampleArchive) throws -> (error: TransportError, file: String) {
        let file = try PlacedFile(archive)
        let failure = ArchiveOutcome(file.path).failure
        return (try #require(failure as? TransportError), file.path)
    }

    private static func replacing(_ name: String, _ value: String) -> (String) -> String {
        { text in
            let start = text.range(of: "\"\(name)\":")?.upperBound ?? text.endIndex
            let end = text[start...].firstIndex { $0 == "," || $0 == "}" } ?? text.endIndex
            return text[..<start] + value + text[end...]
        }
    }

    @Test(
        "A size that is not the blob's is refused by name and reason (L-102)",
        arguments: Target.allCases,
        [-1, 1, 1 << 40]
    )
    func sizes(target: Target, difference: Int) throws {
        let (bytes, digest) = try Self.blob(target)
        let archive = try Self.archive(target, Self.replacing("size", "\(bytes.count + difference)"))
        let (error, file) = try Self.refusal(archive)
        #expect(error.subject == TransportError.Subject(file: file, member: digest.description))
        if difference < 1 << 40 || target == .layer {
            #expect(error.kind == .corrupt)
            #expect(error.reason == "size mismatch: expected \(bytes.count + difference) bytes, got \(bytes.count)")
        } else {
            #expect(error.reason.hasPrefix("too large for a document: "))
        }
    }

    @Test(
        "A size that is no count of bytes is refused (L-102)",
        arguments: Target.allCases,
        ["-1", "1.5", "\"7\"", "9223372036854775808", "null", "[]"]
    )
    func sizeForms(target: Target, size: String) throws {
        let (error, _) = try Self.refusal(Self.archive(target, Self.replacing("size", size)))
        #expect(error.kind == .invalid)
        #expect(error.reason.contains("size"))
    }

    @Test(
        "A blob of the right size with another content is refused by name and reason (L-100)",
        arguments: Target.allCases
    )
    func contents(target: Target) throws {
        let (bytes, digest) = try Self.blob(target)
        var archive = try Self.archive(target) { $0 }
        let flipped = Self.flipped(bytes)
        archive.replace("blobs/sha256/\(digest.hex)", flipped)
        let (error, file) = try Self.refusal(archive)
        #expect(error.subject == TransportError.Subject(file: file, member: digest.description))
        #expect(error.kind == .corrupt)
        #expect(error.reason == "digest mismatch: expected \(digest), got \(Digest.sha256(of: flipped))")
    }

    @Test("A blob that is not in the archive is reported by its digest (L-113)", arguments: Target.allCases)
    func missing(target: Target) throws {
        let digest = try Self.blob(target).digest
        var archive = try Self.archive(target) { $0 }
        archive.remove("blobs/sha256/\(digest.hex)")
        let (error, file) = try Self.refusal(archive)
        #expect(error.subject == TransportError.Subject(file: file, member: digest.description))
        #expect(error.reason.hasSuffix("blob is not in the archive"))
    }

    private static let hex = String(repeating: "a", count: 64)

    @Test(
        "What is no digest is refused, wherever it stands (L-100)",
        arguments: Target.allCases,
        [
            "", "sha256", "sha256:", "sha256:\(hex.dropLast())", "sha256:\(hex)a", "sha256:\(hex.uppercased())",
            "SHA256:\(hex)", "sha256:../../../etc/passwd", "../../x:\(hex)", "sha256:\(hex.dropLast())/",
            "sha512:\(hex)",
        ]
    )
    func digestForms(target: Target, digest: String) throws {
        let (error, _) = try Self.refusal(Self.archive(target, Self.replacing("digest", "\"\(digest)\"")))
        #expect(error.kind == .invalid)
        #expect(error.reason.contains("digest"))
    }

    @Test("A digest of an unknown algorithm passes parsing and cannot be verified (L-101)", arguments: Target.allCases)
    func unknownAlgorithm(target: Target) throws {
        let digest = "blake3:\(Self.hex)"
        let archive = try Self.archive(target, Self.replacing("digest", "\"\(digest)\""))
        let (error, _) = try Self.refusal(archive)
        #expect(error.kind == .unsupported)
        #expect(error.subject.member == digest)
        if target == .layer { #expect(try PlacedFile(archive).open().images.count == 1, "history needs no layer") }
    }

    @Test(
        "SHA-512 is verified like SHA-256, and the image ID stays a SHA-256 (L-93, L-101)",
        arguments: Target.allCases
    )
    func sha512(target: Target) throws {
        let bytes = try Self.blob(target).bytes
        let digest = Digest.of(bytes, .sha512)
        var archive = try Self.archive(target, Self.replacing("digest", "\"\(digest)\""))
        archive.add("blobs/sha512/\(digest.hex)", bytes)
        let source = try PlacedFile(archive).open()
        #expect(try source.onlyImage().imageID == Self.image.id)
        try source.readAllLayers()
        archive.replace("blobs/sha512/\(digest.hex)", Self.flipped(bytes))
        let (error, _) = try Self.refusal(archive)
        #expect(error.reason.hasPrefix("digest mismatch: expected sha512:"))
    }

    @Test(
        "An embedded document serves instead of its blob, and is verified (L-103)",
        arguments: [Target.manifest, .config]
    )
    func embedded(target: Target) throws {
        let (bytes, digest) = try Self.blob(target)
        func archive(_ data: [UInt8]) throws -> SampleArchive {
            var archive = try Self.archive(target) { String($0.dropLast()) + #","data":"\#(Codec.base64(data))"}"# }
            archive.remove("blobs/sha256/\(digest.hex)")
            return archive
        }
        #expect(try PlacedFile(archive(bytes)).open().onlyImage().imageID == Self.image.id)
        #expect(try Self.refusal(archive(Self.flipped(bytes))).error.reason.hasPrefix("digest mismatch"))
        #expect(try Self.refusal(archive(bytes + [10])).error.kind == .invalid)
    }
}
