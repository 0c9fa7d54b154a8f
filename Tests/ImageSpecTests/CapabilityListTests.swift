import ImageSpec
import Testing

@Suite("Capabilities of a process")
struct CapabilityListTests {
    private static let usual = [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID", "CAP_SETUID",
        "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_NET_RAW", "CAP_SYS_CHROOT", "CAP_MKNOD", "CAP_AUDIT_WRITE",
        "CAP_SETFCAP",
    ]

    @Test(
        "Names are added and dropped as Docker does",
        arguments: [
            ([], [], usual), ([], ["all"], []), (["cap_chown"], ["ALL"], ["CAP_CHOWN"]),
            (["SYS_ADMIN"], [], Array(usual[..<11]) + ["CAP_SYS_ADMIN"] + usual[11...]),
            (["ALL"], ["ALL"], nil),
            ([], ["MKNOD", "CAP_NET_RAW"], usual.filter { !["CAP_MKNOD", "CAP_NET_RAW"].contains($0) }),
        ] as [([String], [String], [String]?)]
    )
    func names(_ added: [String], _ dropped: [String], _ expected: [String]?) throws {
        let names = try CapabilityList.names(adding: added, dropping: dropped)
        if let expected { #expect(names == expected) } else { #expect(names.count == 41) }
    }

    @Test("An unknown name is refused with Docker's words")
    func unknown() {
        #expect(throws: ProcessSettingsError("invalid CapAdd: unknown capability: \"CAP_NONE\"")) {
            try CapabilityList.names(adding: ["CAP_NONE"], dropping: [])
        }
    }
}
