import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import Testing

/// Configs as they come in files (contracts L-90 to L-96).
@Suite struct ConfigTests {
    private static let tar = SampleImage.layer("one")
    private static let rootfs = #""rootfs":{"type":"layers","diff_ids":["\#(Digest.sha256(of: tar))"]}"#

    private static func files(_ config: String) throws -> [PlacedFile] {
        let bytes = Array(config.utf8)
        var docker = SampleArchive()
        docker.add("layer", tar)
        docker.add("config", bytes)
        docker.add("manifest.json", "[\(SampleArchive.manifest("config", nil, ["layer"]))]")
        var layout = SampleArchive()
        layout.add("oci-layout", SampleArchive.layoutMarker)
        let descriptor = layout.addBlob(bytes, type: SampleArchive.configType) + "}"
        let layer = layout.addBlob(tar, type: SampleArchive.layerType) + "}"
        layout.addIndex([layout.addManifest(config: descriptor, layers: [layer]) + "}"])
        return try [PlacedFile(docker), PlacedFile(layout)]
    }

    @Test(
        "The image ID is the digest of the config's bytes, and those are kept (L-93, L-95)",
        arguments: [
            #"{"architecture":"amd64","os":"linux",\#(rootfs)}"#, "{\n  \"os\": \"linux\" , \(rootfs) }\n",
            #"{\#(rootfs),"os":"linux","architecture":"amd64","x-unknown":{"b":1.50,"a":[null]}}"#,
            #"{"architecture":null,"os":null,"created":null,"author":null,"config":null,"history":null,\#(rootfs)}"#,
            #"{"os":"linux","config":{"Healthcheck":{"Test":["NONE"]},"ArgsEscaped":true,"Shell":["x"]},\#(rootfs)}"#,
            #"{"os":"","architecture":"","created":"0000-13-99T99:99:99Z",\#(rootfs)}"#,
        ]
    )
    func identity(config: String) throws {
        for file in try Self.files(config) {
            let image = try file.open().onlyImage()
            #expect(image.imageID.digest == Digest.sha256(of: config.utf8))
            #expect(image.configBytes == Array(config.utf8))
        }
    }

    @Test(
        "A config that cannot be used is refused by name (L-90, L-94)",
        arguments: [
            #"{"rootfs":{"type":"aufs","diff_ids":[]}}"#, #"{"rootfs":{"diff_ids":[]}}"#, #"{"rootfs":[]}"#, "{}",
            "null", "[]",
            "", #"{"rootfs":{"type":"layers","diff_ids":["sha256:../../x"]}}"#,
            #"{"rootfs":{"type":"layers","diff_ids":[""]}}"#, #"{"os":1,\#(rootfs)}"#,
            #"{"os":"a","os":"b",\#(rootfs)}"#,
            #"{"config":"x",\#(rootfs)}"#, #"{"config":{"Env":["A=\u0000"]},\#(rootfs)}"#,
        ]
    )
    func refused(config: String) throws {
        for file in try Self.files(config) {
            let error = #expect(throws: TransportError.self) { try file.open() }
            #expect(error?.kind == .invalid)
            #expect(error?.subject.file == file.path)
            #expect(
                error?.subject.member == "config" || error?.subject.member == Digest.sha256(of: config.utf8).description
            )
        }
    }

    @Test("A config at the limit of 4 MiB is read, and one beyond is not (L-106)")
    func limit() throws {
        let start = #"{"os":"linux",\#(Self.rootfs)}"#
        let atLimit = start + String(repeating: " ", count: (4 << 20) - start.utf8.count)
        for file in try Self.files(atLimit) { #expect(try file.open().images.count == 1) }
        for file in try Self.files(atLimit + " ") {
            let error = #expect(throws: TransportError.self) { try file.open() }
            #expect(error?.reason.hasPrefix("too large for a document") == true)
        }
    }
}
