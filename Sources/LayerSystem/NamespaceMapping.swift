internal import CLinux
internal import Glibc

/// The numbers that this user can have in a user namespace, and how they are had.
package struct NamespaceMapping: Hashable, Sendable {
    /// The two programs that may write maps of ranges, being root's.
    package struct Programs: Hashable, Sendable {
        let users: String
        let groups: String
    }

    /// Which kind.
    package let kind: IdentityMapping
    /// Why there are no ranges; empty where there are.
    package let reason: String
    /// The user's and the group's number outside.
    let uid: UInt32
    let gid: UInt32
    let userRanges: [SubordinateRange]
    let groupRanges: [SubordinateRange]
    let programs: Programs?

    /// The best that this user can have: ranges where the user has some and the programs are installed, the single id otherwise.
    package static func available() -> NamespaceMapping {
        let (uid, gid) = (Host.effectiveUserID, Host.effectiveGroupID)
        let name = Host.userName(uid)
        let shown = name ?? String(uid)
        func ranges(_ path: String) -> [SubordinateRange] {
            SubordinateRange.parse(HostFile.read(path) ?? [], uid: uid, name: name)
        }
        func single(_ reason: String) -> NamespaceMapping { singleID(uid: uid, gid: gid, reason: reason) }
        let (users, groups) = (ranges("/etc/subuid"), ranges("/etc/subgid"))
        if users.isEmpty { return single("\(shown) has no numbers in /etc/subuid") }
        if groups.isEmpty { return single("\(shown) has no numbers in /etc/subgid") }
        guard let userProgram = HostFile.findProgram("newuidmap") else { return single("newuidmap is not installed") }
        guard let groupProgram = HostFile.findProgram("newgidmap") else { return single("newgidmap is not installed") }
        return NamespaceMapping(
            kind: .ranges,
            reason: "",
            uid: uid,
            gid: gid,
            userRanges: users,
            groupRanges: groups,
            programs: Programs(users: userProgram, groups: groupProgram)
        )
    }

    /// The user alone.
    ///
    /// - Parameters:
    ///   - uid: The user's number outside.
    ///   - gid: The group's number outside.
    ///   - reason: Why there are no ranges.
    /// - Returns: The mapping.
    package static func singleID(
        uid: UInt32 = Host.effectiveUserID,
        gid: UInt32 = Host.effectiveGroupID,
        reason: String = "asked for"
    ) -> NamespaceMapping {
        NamespaceMapping(
            kind: .singleID,
            reason: reason,
            uid: uid,
            gid: gid,
            userRanges: [],
            groupRanges: [],
            programs: nil
        )
    }

    /// Ranges that nobody has granted, to be written by a program of the caller's.
    static func ranges(program: String) -> NamespaceMapping {
        let range = SubordinateRange(start: 100_000, count: 65536)
        return NamespaceMapping(
            kind: .ranges,
            reason: "",
            uid: Host.effectiveUserID,
            gid: Host.effectiveGroupID,
            userRanges: [range],
            groupRanges: [range],
            programs: Programs(users: program, groups: program)
        )
    }

    /// The triples that newuidmap(1) takes: number inside, number outside, count.
    static func triples(own: UInt32, _ ranges: [SubordinateRange]) -> [String] {
        var words = ["0", String(own), "1"]
        var next: UInt64 = 1
        for range in ranges {
            words += [String(next), String(range.start), String(range.count)]
            next += UInt64(range.count)
        }
        return words
    }
}

extension NamespaceMapping: CustomStringConvertible {
    /// A few words: what is used, and why nothing better.
    package var description: String {
        reason.isEmpty ? kind.description : "\(kind): \(reason)"
    }
}

extension Host {
    /// The name of a user, or nil when the number has none.
    package static func userName(_ uid: UInt32) -> String? {
        let name = try? unsafe SystemBuffer.fill(byteCount: 256) { buffer throws(SystemError) in
            try SystemCall.run("getpwuid", "") { Int(unsafe cl_user_name(uid, buffer.baseAddress, buffer.count)) }
        }  // reason: nil is the answer to a number that nobody has given a name
        return name.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether this process may mount where it is (CAP_SYS_ADMIN in its user namespace).
    ///
    /// Source: man 2 capget.
    package static var mayMount: Bool { cl_may_mount() != 0 }
}
