import ImageSpec
import Testing

@Suite("Users and groups that an image knows")
struct AccountTableTests {
    private static let passwd = """
        root:x:0:0:root:/root:/bin/sh
        # no entry
        app:x:1000:1001:App:/home/app:/bin/sh
        short:x:7
        far:x:4294967295:0::/:
        1234:x:55:55::/digits:

        """
    private static let group = "root:x:0:root\napp:x:1001:\nwheel:x:10:app,root\ndisk:x:6:other,app\nbad:x:x:app\n"

    private static func user(_ text: String, _ groups: [String] = []) throws -> ProcessUser {
        try AccountTable(passwd: Array(passwd.utf8), group: Array(group.utf8)).user(text, groups: groups)
    }

    private static func account(_ uid: UInt32, _ gid: UInt32, _ groups: [UInt32], _ home: String?) -> ProcessUser {
        ProcessUser(uid: uid, gid: gid, groups: groups, home: home)
    }

    @Test(
        "A name gets its groups, a number stays a number, and the first group is always among them",
        arguments: [
            ("", account(0, 0, [0], "/root")), ("root", account(0, 0, [0, 10], "/root")),
            ("app", account(1000, 1001, [1001, 10, 6], "/home/app")),
            ("1000", account(1000, 1001, [1001], "/home/app")), ("app:disk", account(1000, 6, [6], "/home/app")),
            ("app:42", account(1000, 42, [42], "/home/app")), ("99", account(99, 0, [0], nil)),
            ("99:77", account(99, 77, [77], nil)), ("1234", account(1234, 0, [0], nil)),
            (":wheel", account(0, 10, [10], "/root")),
        ]
    )
    func found(_ text: String, _ expected: ProcessUser) throws {
        #expect(try Self.user(text) == expected)
    }

    @Test("Further groups are added once")
    func further() throws {
        #expect(try Self.user("app", ["disk", "1001", "99"]).groups == [1001, 10, 6, 99])
    }

    @Test(
        "What the image does not know is refused, and so is a number out of range",
        arguments: [
            "nobody", "short", "far", "root:nogroup", "4294967295", "2147483648", "0:-1", "-1", "99999999999999",
        ]
    )
    func refused(_ text: String) {
        #expect(throws: ProcessSettingsError.self) { try Self.user(text) }
    }

    @Test("A file without end is refused")
    func endless() {
        let lines = Array(String(repeating: "a\n", count: AccountTable.lineLimit + 1).utf8)
        #expect(throws: ProcessSettingsError.self) { try AccountTable(passwd: [], group: lines) }
        #expect(throws: Never.self) { try AccountTable(passwd: Array(lines.dropLast(2)), group: []) }
    }
}
