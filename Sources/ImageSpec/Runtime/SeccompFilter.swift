/// Turns a distribution's filter of system calls into the form of the runtime specification.
///
/// The distribution's says for each rule on which machines and for which capabilities it holds; the other form has only rules that do.
///
/// Source: moby `profiles/seccomp/seccomp_linux.go`; containers/common `pkg/seccomp`; OCI runtime-spec `config-linux.md`, "Seccomp".
package struct SeccompFilter: Sendable {
    /// The machine in Go's words.
    let architecture: String
    /// The capabilities that the process can have at most, with `CAP_`.
    let capabilities: Set<String>
    /// The kernel's release as two numbers.
    let kernel: (major: Int, minor: Int)

    /// Takes what rules depend on.
    package init(architecture: String, capabilities: [String], kernel: (major: Int, minor: Int)) {
        self.architecture = architecture
        self.capabilities = Set(capabilities)
        self.kernel = kernel
    }

    /// The filter as `linux.seccomp`.
    ///
    /// - Parameter profile: The file's content; one in the runtime's own form stays as it is.
    /// - Returns: The filter.
    /// - Throws: `ProcessSettingsError` for what is no such file.
    package func filter(_ profile: JSONObject) throws(ProcessSettingsError) -> JSONObject {
        guard let action = profile["defaultAction"]?.stringValue else {
            throw ProcessSettingsError("it has no default action")
        }
        var filter: JSONObject = ["defaultAction": .string(action)]
        filter["defaultErrnoRet"] = profile["defaultErrnoRet"]
        filter["architectures"] = profile["architectures"] ?? .array(machines(profile).map { .string($0) })
        for key in ["flags", "listenerPath", "listenerMetadata"] { filter[key] = profile[key] }
        var rules: [JSONValue] = []
        for value in profile["syscalls"]?.arrayValue ?? [] {
            guard let rule = value.objectValue, let action = rule["action"]?.stringValue else {
                throw ProcessSettingsError("a rule has no action")
            }
            let names = rule["names"]?.arrayValue ?? rule["name"].map { [$0] } ?? []
            guard !names.isEmpty, holds(rule) else { continue }
            var result: JSONObject = ["names": .array(names), "action": .string(action)]
            result["errnoRet"] = rule["errnoRet"]
            if let arguments = rule["args"]?.arrayValue, !arguments.isEmpty { result["args"] = .array(arguments) }
            rules.append(.object(result))
        }
        filter["syscalls"] = .array(rules)
        return filter
    }

    private func machines(_ profile: JSONObject) -> [String] {
        guard let own = Self.names[architecture] else { return [] }
        for value in profile["archMap"]?.arrayValue ?? [] where value["architecture"]?.stringValue == own {
            return [own] + (value["subArchitectures"]?.arrayValue ?? []).compactMap(\.stringValue)
        }
        return [own]
    }

    private func holds(_ rule: JSONObject) -> Bool {
        let includes = rule["includes"]
        let excludes = rule["excludes"]
        if let machines = Self.texts(includes?["arches"]), !machines.contains(architecture) { return false }
        if let machines = Self.texts(excludes?["arches"]), machines.contains(architecture) { return false }
        if let wanted = Self.texts(includes?["caps"]), !capabilities.isSuperset(of: wanted) { return false }
        if let unwanted = Self.texts(excludes?["caps"]), !capabilities.isDisjoint(with: unwanted) { return false }
        if let version = includes?["minKernel"]?.stringValue, !isAtLeast(version) { return false }
        if let version = excludes?["minKernel"]?.stringValue, isAtLeast(version) { return false }
        return true
    }

    private func isAtLeast(_ version: String) -> Bool {
        let parts = version.split(separator: ".").map { Int($0) ?? 0 }
        guard parts.count >= 2 else { return true }
        return (kernel.major, kernel.minor) >= (parts[0], parts[1])
    }

    /// The texts of a list that is there and not empty.
    private static func texts(_ value: JSONValue?) -> [String]? {
        let texts = (value?.arrayValue ?? []).compactMap(\.stringValue)
        return texts.isEmpty ? nil : texts
    }

    private static let names = [
        "amd64": "SCMP_ARCH_X86_64", "386": "SCMP_ARCH_X86", "arm64": "SCMP_ARCH_AARCH64", "arm": "SCMP_ARCH_ARM",
        "ppc64le": "SCMP_ARCH_PPC64LE", "s390x": "SCMP_ARCH_S390X", "riscv64": "SCMP_ARCH_RISCV64",
        "mips64le": "SCMP_ARCH_MIPSEL64", "mipsle": "SCMP_ARCH_MIPSEL",
    ]
}
