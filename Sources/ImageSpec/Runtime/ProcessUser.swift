/// Whose rights a process has.
package struct ProcessUser: Hashable, Sendable {
    /// The number of the user.
    package let uid: UInt32
    /// The number of the group.
    package let gid: UInt32
    /// All groups; the first is `gid`, so that a file that excludes that group is closed to the process (CVE-2022-36109).
    package let groups: [UInt32]
    /// The user's home as the image's passwd file has it; nil when it names none.
    package let home: String?

    /// Takes the numbers; the first of the groups must be `gid`.
    package init(uid: UInt32, gid: UInt32, groups: [UInt32], home: String?) {
        self.uid = uid
        self.gid = gid
        self.groups = groups
        self.home = home
    }
}
