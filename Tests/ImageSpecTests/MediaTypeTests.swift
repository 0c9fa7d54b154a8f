import ImageSpec
import Testing

@Suite("Media types")
struct MediaTypeTests {
    private static let oci = "application/vnd.oci.image.layer."
    private static let docker = "application/vnd.docker.image.rootfs."

    @Test(
        "L-01, L-02, L-03: layers are known, with what their names tell",
        arguments: [
            (oci + "v1.tar", .none, false, oci + "v1.tar"), (oci + "v1.tar+gzip", .gzip, false, oci + "v1.tar+gzip"),
            (oci + "v1.tar+zstd", .zstd, false, oci + "v1.tar+zstd"),
            (oci + "nondistributable.v1.tar", .none, true, oci + "nondistributable.v1.tar"),
            (oci + "nondistributable.v1.tar+gzip", .gzip, true, oci + "nondistributable.v1.tar+gzip"),
            (oci + "nondistributable.v1.tar+zstd", .zstd, true, oci + "nondistributable.v1.tar+zstd"),
            (docker + "diff.tar", .none, false, oci + "v1.tar"),
            (docker + "diff.tar.gzip", .gzip, false, oci + "v1.tar+gzip"),
            (docker + "diff.tar.zstd", .zstd, false, oci + "v1.tar+zstd"),
            (docker + "foreign.diff.tar", .none, true, oci + "nondistributable.v1.tar"),
            (docker + "foreign.diff.tar.gzip", .gzip, true, oci + "nondistributable.v1.tar+gzip"),
        ] as [(String, MediaType.LayerCompression, Bool, String)]
    )
    func layers(text: String, compression: MediaType.LayerCompression, isNondistributable: Bool, equivalent: String) {
        let type = MediaType(rawValue: text)
        #expect(type.isLayer)
        #expect(type.layerCompression == compression)
        #expect(type.isNondistributable == isNondistributable)
        #expect(type.ociEquivalent.rawValue == equivalent)
        #expect(type.isEquivalent(to: MediaType(rawValue: equivalent)))
        #expect(!type.isIndex && !type.isManifest && !type.isConfig)
    }

    @Test(
        "L-08: encrypted and unknown types are no layers",
        arguments: [
            oci + "v1.tar+gzip+encrypted", oci + "v1.tar+encrypted", oci + "v1.tar+xz", "application/octet-stream", "",
            "application/vnd.in-toto+json", (oci + "v1.tar").uppercased(),
        ]
    )
    func unknown(_ text: String) {
        let type = MediaType(rawValue: text)
        #expect(!type.isLayer && !type.isNondistributable && !type.isIndex && !type.isManifest && !type.isConfig)
        #expect(type.layerCompression == nil)
        #expect(type.ociEquivalent == type)
    }

    @Test("Docker's documents are equal to OCI's")
    func documents() {
        #expect(MediaType.dockerManifest.isEquivalent(to: .ociManifest))
        #expect(MediaType.dockerManifestList.isEquivalent(to: .ociIndex))
        #expect(MediaType.dockerConfig.isEquivalent(to: .ociConfig))
        #expect(!MediaType.dockerManifest.isEquivalent(to: .ociIndex))
        #expect(MediaType.ociIndex.isIndex && MediaType.dockerManifestList.isIndex)
        #expect(MediaType.ociManifest.isManifest && MediaType.dockerManifest.isManifest)
        #expect(MediaType.ociConfig.isConfig && MediaType.dockerConfig.isConfig && !MediaType.ociEmpty.isConfig)
    }
}
