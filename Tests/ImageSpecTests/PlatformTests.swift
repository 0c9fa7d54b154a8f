import ImageSpec
import Testing

@Suite("Platforms")
struct PlatformTests {
    private static let host = Platform(os: "linux", architecture: "amd64")

    @Test(
        "are read in the names that people use",
        arguments: [
            ("linux", "linux/amd64"), ("linux/amd64", "linux/amd64"), ("Linux/X86_64", "linux/amd64"),
            ("x86-64", "linux/amd64"),
            ("amd64", "linux/amd64"), ("linux/aarch64", "linux/arm64"), ("arm64", "linux/arm64"),
            ("linux/arm64/v8", "linux/arm64/v8"),
            ("linux/arm64/8", "linux/arm64/v8"), ("linux/arm64/v9.0", "linux/arm64/v9"), ("linux/armhf", "linux/arm"),
            ("linux/arm", "linux/arm"), ("arm", "linux/arm"), ("armel", "linux/arm/v6"),
            ("linux/arm/7", "linux/arm/v7"),
            ("linux/arm/v6", "linux/arm/v6"), ("linux/i386", "linux/386"), ("386", "linux/386"),
            ("linux/amd64/v1", "linux/amd64"),
            ("linux/amd64/v3", "linux/amd64/v3"), ("macos", "darwin/amd64"), ("windows/amd64", "windows/amd64"),
            ("linux/riscv64/rva22u64", "linux/riscv64/rva22u64"), ("something/strange", "something/strange"),
            ("s390x", "linux/s390x"),
        ]
    )
    func parsing(text: String, printed: String) throws {
        #expect(try Platform(parsing: text, host: Self.host).description == printed)
    }

    @Test("keep the version of the operating system")
    func osVersion() throws {
        let platform = try Platform(parsing: "windows(10.0.17763)/amd64", host: Self.host)
        #expect(platform == Platform(os: "windows", architecture: "amd64", osVersion: "10.0.17763"))
    }

    @Test(
        "are refused when they are none",
        arguments: [
            ("", .malformed("")), ("/", .malformed("/")), ("linux/", .malformed("linux/")),
            ("/amd64", .malformed("/amd64")),
            ("linux/amd64/v1/x", .malformed("linux/amd64/v1/x")), ("linux amd64", .malformed("linux amd64")),
            ("linux/*", .malformed("linux/*")), ("linux(1/amd64", .malformed("linux(1/amd64")),
            ("linux()", .malformed("linux()")),
            ("beos", .unknown("beos")), ("caf\u{E9}", .malformed("caf\u{E9}")),
        ] as [(String, PlatformError)]
    )
    func refused(text: String, reason: PlatformError) {
        #expect(throws: reason) { try Platform(parsing: text, host: Self.host) }
    }

    @Test(
        "L-122: a higher variant accepts a lower one",
        arguments: [
            ("linux/arm64", "linux/arm64/v8", true), ("linux/arm64/v8", "linux/arm64", true),
            ("linux/arm64", "linux/arm64/v8.1", false), ("linux/arm64/v8.2", "linux/arm64/v8.1", true),
            ("linux/arm64/v8.2", "linux/arm64", true), ("linux/arm64/v9", "linux/arm64/v8.5", true),
            ("linux/arm64/v9", "linux/arm64/v8.6", false), ("linux/arm64/v9.1", "linux/arm64/v8.6", true),
            ("linux/arm64/v9.2", "linux/arm64/v9.1", true), ("linux/arm64/v9", "linux/arm64/v9.1", false),
            ("linux/arm64/v8.9", "linux/arm64/v9", false), ("linux/arm/v7", "linux/arm/v6", true),
            ("linux/arm/v6", "linux/arm/v7", false), ("linux/arm/v8", "linux/arm", true),
            ("linux/arm", "linux/arm/v7", true),
            ("linux/amd64", "linux/amd64/v2", false), ("linux/amd64/v3", "linux/amd64/v2", true),
            ("linux/amd64/v3", "linux/amd64", true), ("linux/ppc64le/power10", "linux/ppc64le/power9", true),
            ("linux/ppc64le/power8", "linux/ppc64le/power9", false), ("linux/riscv64/rva23u64", "linux/riscv64", true),
            ("linux/riscv64", "linux/riscv64/rva22u64", false), ("linux/mips64le/x", "linux/mips64le/y", false),
            ("linux/mips64le/x", "linux/mips64le/x", true), ("linux/amd64", "windows/amd64", false),
            ("linux/amd64", "linux/s390x", false), ("linux/amd64", "linux/x86_64", true),
        ]
    )
    func variants(wanted: String, offered: String, isAccepted: Bool) {
        #expect((platform(wanted).rank(of: platform(offered), isStrict: true) != nil) == isAccepted)
    }

    @Test(
        "run their 32-bit predecessors when the choice is not strict",
        arguments: [
            ("linux/amd64", "linux/386"), ("linux/arm64", "linux/arm/v7"), ("linux/arm64/v8.2", "linux/arm/v5"),
        ]
    )
    func predecessors(wanted: String, offered: String) {
        #expect(platform(wanted).rank(of: platform(offered)) != nil)
        #expect(platform(wanted).rank(of: platform(offered), isStrict: true) == nil)
        #expect(platform(offered).rank(of: platform(wanted)) == nil)
    }

    @Test(
        "L-121, L-122: choose the best entry, and of equals the first",
        arguments: [
            ("linux/amd64", ["linux/arm64", "linux/amd64", "linux/amd64"], 1),
            ("linux/amd64", ["linux/386", "linux/amd64"], 1), ("linux/amd64", ["linux/386", "linux/s390x"], 0),
            ("linux/amd64/v3", ["linux/amd64", "linux/amd64/v4", "linux/amd64/v2", "linux/amd64/v2"], 2),
            ("linux/arm64", ["linux/arm/v7", "linux/arm64/v8.1", "linux/arm64/v8"], 2),
            ("linux/arm/v7", ["linux/arm/v5", "linux/arm/v6", "linux/arm64"], 1),
            ("linux/arm64/v9", ["linux/arm64/v8", "linux/arm64/v8.5", "linux/arm64/v8.6"], 1),
            ("linux/amd64", ["unknown/unknown", "linux/arm64"], nil), ("unknown/unknown", ["unknown/unknown"], nil),
            ("linux/amd64", ["", "linux/amd64"], 1), ("linux/amd64", [], nil),
        ] as [(String, [String], Int?)]
    )
    func choice(wanted: String, candidates: [String], place: Int?) {
        #expect(platform(wanted).bestMatch(among: candidates.map { $0.isEmpty ? nil : platform($0) }) == place)
    }

    @Test("L-123: mark attestations")
    func unknown() {
        #expect(platform("unknown/unknown").isUnknown)
        #expect(!platform("linux/unknown").isUnknown)
    }

    private func platform(_ text: String) -> Platform {
        let parts = text.split(separator: "/").map { String($0) }
        return Platform(os: parts[0], architecture: parts[1], variant: parts.count > 2 ? parts[2] : nil)
    }
}
