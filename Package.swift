// swift-tools-version: 6.2
import PackageDescription

// The order of the targets is the order of the layers: each may import only what stands above it.
let package = Package(
    name: "layerctl",
    products: [
        .library(name: "LayerKit", targets: ["LayerKit"]),
        .executable(name: "layerctl", targets: ["layerctl"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    ],
    targets: [
        // C: system calls that Swift's Glibc module does not show.
        .target(name: "CLinux"),
        // C: libarchive, every tar read and written; loaded when it is needed.
        .target(name: "CArchive"),
        // C: libcurl, HTTP over sockets of the host; loaded when it is needed.
        .target(name: "CCurl"),
        // C: isa-l, gzip on the way in.
        .target(name: "CISAL", linkerSettings: [.linkedLibrary("isal")]),
        // C: lz4, on the way in.
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
        // C: zlib, gzip on the way out.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // C: zstd, both ways, and the layer index.
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        // C: xxHash, the content digest of one file in the layer index.
        .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),

        // What a path, an entry, a digest and a tree are. Pure values.
        .target(name: "LayerModel"),
        // OCI and Docker JSON, references, platforms, media types. Pure.
        .target(name: "ImageSpec", dependencies: ["LayerModel"]),
        // The Go template subset, tables, human sizes and durations, escaping for terminals. Pure.
        .target(name: "TextOutput", dependencies: ["ImageSpec"]),
        // What in a file, a name or an attribute an audit finds: rules and patterns. Pure.
        .target(name: "LayerAudit"),
        // The only module that makes system calls.
        .target(name: "LayerSystem", dependencies: ["CLinux", "LayerModel"]),
        // Bytes to entries and back: sniffing, decompression, digests, tar.
        .target(
            name: "LayerArchive",
            dependencies: [
                "CArchive", "CISAL", "CLZ4", "CZlib", "CZstd", "CXXHash", "LayerModel",
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        // Tar to directory: apply a layer, the layer index, the tar made again.
        .target(name: "LayerTree", dependencies: ["LayerArchive", "LayerModel", "LayerSystem"]),
        // How a stack of layers becomes one directory.
        .target(name: "LayerDriver", dependencies: ["LayerModel", "LayerSystem"]),
        // docker-archive, OCI layout and OCI archive as an image source.
        .target(name: "ImageTransport", dependencies: ["ImageSpec", "LayerArchive", "LayerModel", "LayerSystem"]),
        // Docker's volume plugins: where they are found and what they are asked. The only module that speaks HTTP.
        .target(name: "VolumePlugins", dependencies: ["CCurl", "ImageSpec", "LayerModel", "LayerSystem"]),
        // The store: layers, images, names, staging.
        .target(
            name: "LayerStorage",
            dependencies: ["ImageSpec", "LayerArchive", "LayerDriver", "LayerModel", "LayerSystem", "LayerTree"]
        ),
        // The library's front door.
        .target(
            name: "LayerKit",
            dependencies: [
                "ImageSpec", "ImageTransport", "LayerArchive", "LayerAudit", "LayerDriver", "LayerModel",
                "LayerStorage",
                "LayerSystem",
                "LayerTree", "VolumePlugins",
            ]
        ),
        // The command line: one file a verb.
        .executableTarget(
            name: "layerctl",
            dependencies: [
                "ImageSpec", "LayerAudit", "LayerKit", "LayerModel", "LayerSystem", "TextOutput",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),

        // How a build tool is made of LayerKit: the text of the article BuildTool.
        .executableTarget(
            name: "build-image",
            dependencies: ["ImageSpec", "LayerKit", "LayerModel"],
            path: "Tests/build-image"
        ),

        // Archives to test on, and where they lie.
        .target(
            name: "TestImages",
            path: "TestImages",
            exclude: ["generator", "make-fixtures.py", "make-real-images.sh"],
            resources: [.copy("Fixtures")]
        ),
        // Generated archives, oracles and needs of tests.
        .target(
            name: "LayerTestKit",
            dependencies: [
                "ImageSpec", "LayerArchive", "LayerDriver", "LayerModel", "LayerSystem", "LayerTree", "TestImages",
            ],
            path: "Tests/LayerTestKit",
            resources: [.copy("plugin-server.py")]
        ),
        // What fuzzers run, and the inputs that they begin with.
        .target(
            name: "FuzzTargets",
            dependencies: [
                "ImageSpec", "LayerArchive", "LayerKit", "LayerModel", "LayerSystem", "LayerTestKit", "LayerTree",
                "TextOutput",
            ],
            path: "Tests/FuzzTargets",
            exclude: ["make-seeds.py"],
            resources: [.copy("Corpus")]
        ),
        .testTarget(name: "FuzzReplayTests", dependencies: ["FuzzTargets", "LayerTestKit"]),
        .testTarget(name: "LayerModelTests", dependencies: ["LayerModel", "LayerTestKit"]),
        .testTarget(name: "ImageSpecTests", dependencies: ["ImageSpec", "LayerModel", "LayerTestKit"]),
        .testTarget(name: "LayerAuditTests", dependencies: ["LayerAudit", "LayerTestKit"]),
        .testTarget(name: "TextOutputTests", dependencies: ["ImageSpec", "LayerTestKit", "TextOutput"]),
        .testTarget(name: "LayerSystemTests", dependencies: ["LayerModel", "LayerSystem", "LayerTestKit"]),
        .testTarget(
            name: "LayerArchiveTests",
            dependencies: ["LayerArchive", "LayerModel", "LayerSystem", "LayerTestKit"]
        ),
        .testTarget(
            name: "LayerTreeTests",
            dependencies: [
                "ImageSpec", "ImageTransport", "LayerArchive", "LayerModel", "LayerSystem", "LayerTestKit", "LayerTree",
                "TestImages",
            ]
        ),
        .testTarget(
            name: "LayerDriverTests",
            dependencies: ["LayerDriver", "LayerModel", "LayerSystem", "LayerTestKit"]
        ),
        .testTarget(
            name: "ImageTransportTests",
            dependencies: [
                "ImageSpec", "ImageTransport", "LayerArchive", "LayerModel", "LayerSystem", "LayerTestKit",
                "TestImages",
            ]
        ),
        .testTarget(
            name: "LayerStorageTests",
            dependencies: ["ImageSpec", "LayerModel", "LayerStorage", "LayerSystem", "LayerTestKit", "LayerTree"]
        ),
        .testTarget(
            name: "VolumePluginsTests",
            dependencies: ["ImageSpec", "LayerSystem", "LayerTestKit", "VolumePlugins"]
        ),
        .testTarget(
            name: "LayerKitTests",
            dependencies: [
                "ImageSpec", "ImageTransport", "LayerArchive", "LayerKit", "LayerModel", "LayerStorage", "LayerSystem",
                "LayerTestKit",
                "TestImages",
            ]
        ),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "LayerArchive", "LayerDriver", "LayerKit", "LayerModel", "LayerStorage", "LayerSystem", "LayerTestKit",
                "LayerTree",
            ]
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "ImageSpec", "LayerSystem", "LayerTestKit", "TestImages", "build-image", "layerctl",
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]
let memorySafe: Set<String> = ["LayerSystem", "LayerArchive", "VolumePlugins"]

// Only for `make fuzz`: coverage that libFuzzer looks at, in all code of ours, and the program that it is linked into.
let isForFuzzing = Context.environment["LAYERCTL_FUZZ"] == "1"
if isForFuzzing {
    package.targets += [
        .target(name: "CFuzzDriver", path: "Tests/CFuzzDriver"),
        .executableTarget(
            name: "fuzz-runner",
            dependencies: ["CFuzzDriver", "FuzzTargets"],
            path: "Tests/fuzz-runner"
        ),
    ]
}

for target in package.targets
where target.type != .system && !target.name.hasPrefix("C") || target.isTest {
    target.swiftSettings = strict + (memorySafe.contains(target.name) ? [.strictMemorySafety()] : [])
    if isForFuzzing { target.swiftSettings?.append(.unsafeFlags(["-sanitize=fuzzer"])) }
}
