// swift-tools-version: 6.2
import PackageDescription

// The hot paths, one by one, with thresholds: `make bench-hot`, `make bench-thresholds`. README.md says why this is a package of its own.
//
// `Sources` is a link to the sources of layerctl: what is measured has `package` access, which ends with the package. Only the targets
// below are built; a target that the root manifest gives another dependency needs it here too.
let package = Package(
    name: "layerctl-benchmarks",
    dependencies: [
        // Without its traits: the interposers that they bring are not everywhere to be had.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    ],
    targets: [
        .target(name: "CLinux"),
        .target(name: "CArchive"),
        .target(name: "CISAL", linkerSettings: [.linkedLibrary("isal")]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4"),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd"),
        .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash"),
        .target(name: "LayerModel"),
        .target(name: "LayerSystem", dependencies: ["CLinux", "LayerModel"]),
        .target(
            name: "LayerArchive",
            dependencies: [
                "CArchive", "CISAL", "CLZ4", "CZlib", "CZstd", "CXXHash", "LayerModel",
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        .target(name: "LayerTree", dependencies: ["LayerArchive", "LayerModel", "LayerSystem"]),

        // C: counts what is allocated, in the whole process.
        .target(name: "HeapMeter", path: "HeapMeter"),
        // The benchmarks. The plugin finds targets in a directory named Benchmarks.
        .executableTarget(
            name: "HotPaths",
            dependencies: [
                "HeapMeter", "LayerArchive", "LayerModel", "LayerSystem", "LayerTree",
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "HotPaths",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
    ],
    swiftLanguageModes: [.v6]
)

// What changes the meaning of the sources. Warnings are errors in the root package, where they are seen first.
for target in package.targets where target.name.hasPrefix("Layer") || target.name == "HotPaths" {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
}
