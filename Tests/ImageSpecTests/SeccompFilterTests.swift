import ImageSpec
import Testing

@Suite("Filters of system calls")
struct SeccompFilterTests {
    private static let profile = """
        {"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":38,"archMap":[
        {"architecture":"SCMP_ARCH_X86_64","subArchitectures":["SCMP_ARCH_X86"]}],"syscalls":[
        {"names":["read"],"action":"SCMP_ACT_ALLOW","args":[],"comment":"","includes":{},"excludes":{}},
        {"names":["mount"],"action":"SCMP_ACT_ALLOW","includes":{"caps":["CAP_SYS_ADMIN"]}},
        {"names":["clone"],"action":"SCMP_ACT_ERRNO","errnoRet":1,"args":[{"index":0,"value":7,"op":"SCMP_CMP_EQ"}],
        "excludes":{"caps":["CAP_SYS_ADMIN"]}},
        {"names":["arm"],"action":"SCMP_ACT_ALLOW","includes":{"arches":["arm64"]}},
        {"names":["ptrace"],"action":"SCMP_ACT_ALLOW","includes":{"minKernel":"4.8"}}]}
        """

    private static func names(_ architecture: String, _ capabilities: [String], _ kernel: (Int, Int)) throws -> [String]
    {
        let filter = SeccompFilter(architecture: architecture, capabilities: capabilities, kernel: kernel)
        let result = try filter.filter(#require(JSONValue(parsing: Array(profile.utf8)).objectValue))
        return (result["syscalls"]?.arrayValue ?? []).compactMap { $0["names"]?[0]?.stringValue }
    }

    @Test("Rules hold for capabilities, machines and kernels")
    func rules() throws {
        #expect(try Self.names("amd64", [], (6, 1)) == ["read", "clone", "ptrace"])
        #expect(try Self.names("amd64", ["CAP_SYS_ADMIN"], (4, 7)) == ["read", "mount"])
        #expect(try Self.names("arm64", ["CAP_SYS_ADMIN"], (4, 8)) == ["read", "mount", "arm", "ptrace"])
    }

    @Test("The result has the runtime's form and nothing else")
    func form() throws {
        let filter = SeccompFilter(architecture: "amd64", capabilities: [], kernel: (4, 0))
        let result = try filter.filter(#require(JSONValue(parsing: Array(Self.profile.utf8)).objectValue))
        let text = String(decoding: JSONValue.object(result).encoded(), as: UTF8.self)
        #expect(
            text == #"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":38,"#
                + #""architectures":["SCMP_ARCH_X86_64","SCMP_ARCH_X86"],"syscalls":["#
                + #"{"names":["read"],"action":"SCMP_ACT_ALLOW"},"#
                + #"{"names":["clone"],"action":"SCMP_ACT_ERRNO","errnoRet":1,"#
                + #""args":[{"index":0,"value":7,"op":"SCMP_CMP_EQ"}]}]}"#
        )
        #expect(throws: ProcessSettingsError.self) { try filter.filter(["x": 1]) }
    }
}
