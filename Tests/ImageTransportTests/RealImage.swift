import ImageSpec
import ImageTransport

/// A real archive, and what an independent reader found in it.
struct RealImage: CustomStringConvertible {
    let file: String
    var format = ArchiveFormat.dockerArchive
    /// The digests of the configs, in the order of the file; nil where the config is made when the file is read.
    let imageIDs: [String]?
    /// The names of each.
    var names: [[String]] = [[]]
    /// How many platforms there are to choose from.
    var platformCount = 1

    var platform: PlatformRequest { .host(Platform(os: "linux", architecture: "amd64")) }
    var description: String { file }

    static let all = [
        RealImage(
            file: "container-libs__docker-two-images.tar.xz",
            imageIDs: [
                "ec9293436c2e66da44edb9efb8d41f6b13baf62283ebe846468bc992d76d7951",
                "5a7ef13e1893f2f91d29b3c2b9224e771a57c48ff6fe8d2aee91f3f91062fa2a",
            ],
            names: [["example.com/empty:latest"], ["example.com/empty/but:different"]]
        ),
        RealImage(
            file: "containerization__Resources_scratch.tar",
            format: .ociArchive,
            imageIDs: ["51ccfe42f0f5056d13422c54508570e36ffde8479a3d4b4cb18be8955e04ab8c"],
            names: [["registry.local/integration-tests/scratch:latest"]],
            platformCount: 2
        ),
        RealImage(
            file: "dive__.data_test-docker-image.tar",
            imageIDs: ["75ae28b8ebf89b203319069ddcbecdf5c3838503bbebc0d0d85e4b8589c5de3a"],
            names: [["dive-test:latest"]]
        ),
        RealImage(
            file: "dive__.data_test-oci-zstd-image.tar",
            format: .ociArchive,
            imageIDs: ["3eaccc100f866490f00ae82727b459a737af031dcf44c791d8aa714a70f24959"]
        ),
        RealImage(
            file: "fanal__alpine-310.tar.gz",
            imageIDs: ["af341ccd2df8b0e2d67cf8dd32e087bfda4e5756ebd1c76bbf3efa0dc246590e"],
            names: [["alpine:3.10"]]
        ),
        RealImage(
            file: "go-containerregistry__hello-world-v25.tar",
            format: .dockerHybrid,
            imageIDs: ["ee301c921b8aadc002973b2e0c3da17d701dcd994b606769a7e6eaa100b81d44"]
        ),
        RealImage(
            file: "go-containerregistry__whiteout_image.tar",
            imageIDs: ["decb630649c3e1256345d416b228d6c3ceb387a55120ad44dc3ec992976d28b9"],
            names: [["bazel/pkg/v1/mutate:whiteout_image"]]
        ),
        layout("hard-link-1", "d12073d7e5e478a7dc08965dcdb02a476c7253bc8e48a70ba2275297b6ab34d1"),
        layout("hard-link-delete-1", "796c873b3fa9e0b355566f92d8e904e505bdb84575632f412f45c7c25a911a45"),
        layout("whiteout-explicit-dir", "5b86f4eea75c5762d869e376c2675ce85517cd9a5309ffe665101a02e018716a"),
        layout("whiteout-explicit-file", "6a603f4f64353a387d171d68e26d832e318c9bc966f9c7d2bc571c2e6d58d83b"),
        layout("whiteout-opaque", "fabdda141e777e1e37c156ae200fbadca224c6c9de547987547179e3e612ca3f"),
        RealImage(
            file: "osv-scalibr__symlink-attack.tar",
            imageIDs: ["486f648acb41e8fb98a935c52e091017c1be5fe8c02ad19b9262ea57545019be"],
            names: [["symlink-attack:latest"]]
        ),
        RealImage(
            file: "rules_docker__image_with_symlinked_layer.tar",
            imageIDs: ["b109fdc4272bc1164c27d672babe1f839e2dd0f82fdbf3dc0531a9005127e0b6"],
            names: [["bazel:small_base_2"]]
        ),
        RealImage(
            file: "snyk-docker-plugin__oci-archives_busybox-1.31.1.tar",
            format: .ociArchive,
            imageIDs: ["2f2d4db2ef818c1c897eb71421e8a250daf19e21a4ec4c00a549b16ed0c2b46b"]
        ),
        RealImage(
            file: "storage__load_emptyLayer_at_beabb56.tar",
            format: .dockerLegacy,
            imageIDs: nil,
            names: [["matthughes/library-centos:6-2015.03.20"]]
        ),
    ]

    private static func layout(_ name: String, _ imageID: String) -> RealImage {
        RealImage(file: "oci-tools__\(name).ocilayout", format: .ociLayout, imageIDs: [imageID])
    }
}
