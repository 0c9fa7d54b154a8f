extension Platform {
    /// Source: `go/build` `syslist.go`.
    static let knownOperatingSystems: Set<String> = [
        "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl", "netbsd",
        "openbsd", "plan9", "solaris", "wasip1", "windows", "zos",
    ]
    /// Source: `go/build` `syslist.go`.
    static let knownArchitectures: Set<String> = [
        "386", "amd64", "amd64p32", "arm", "arm64", "arm64be", "armbe", "loong64", "mips", "mips64", "mips64le",
        "mips64p32", "mips64p32le", "mipsle", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x", "sparc",
        "sparc64", "wasm",
    ]

    static func normalizedOS(_ os: some StringProtocol) -> String {
        let lower = os.lowercased()
        return lower == "macos" ? "darwin" : lower
    }

    static func normalizedArchitecture(_ architecture: String, _ variant: String?) -> (String, String?) {
        let variant = variant?.lowercased()
        switch architecture.lowercased() {
        case "i386": return ("386", nil)
        case "x86_64", "x86-64", "amd64": return ("amd64", variant == "v1" ? nil : variant)
        case "aarch64", "arm64": return ("arm64", normalizedARM64Variant(variant))
        case "armhf": return ("arm", "v7")
        case "armel": return ("arm", "v6")
        case "arm": return ("arm", normalizedARMVariant(variant))
        case let other: return (other, variant)
        }
    }

    private static func normalizedARM64Variant(_ variant: String?) -> String? {
        switch variant {
        case "8", "v8", "8.0", "v8.0": nil
        case "9", "9.0", "v9.0": "v9"
        default: variant
        }
    }

    private static func normalizedARMVariant(_ variant: String?) -> String? {
        switch variant {
        case nil, "7": "v7"
        case let variant? where ["5", "6", "8"].contains(variant): "v\(variant)"
        default: variant
        }
    }
}
