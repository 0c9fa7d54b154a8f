/// The users and groups that an image knows, from the text of its passwd and group files.
///
/// Lines that are no entries are passed over, as the C library does.
///
/// Source: contract L-136; `man 5 passwd`, `man 5 group`; moby/sys `user/user.go`, `GetExecUser`.
package struct AccountTable: Sendable {
    /// The most lines that such a file has here: an image's own can be made to be endless.
    package static let lineLimit = 65_536

    private struct User {
        let name: Substring
        let uid: UInt32
        let gid: UInt32
        let home: Substring
    }

    private struct Group {
        let name: Substring
        let gid: UInt32
        let members: [Substring]
    }

    private let users: [User]
    private let groups: [Group]

    /// Reads the files.
    ///
    /// - Parameters:
    ///   - passwd: The content of /etc/passwd; empty for an image without one.
    ///   - group: The content of /etc/group; empty for an image without one.
    /// - Throws: `ProcessSettingsError` for a file with too many lines.
    package init(passwd: [UInt8], group: [UInt8]) throws(ProcessSettingsError) {
        users = try Self.lines(passwd, "/etc/passwd").compactMap { fields in
            guard fields.count >= 6, !fields[0].isEmpty, let uid = Self.id(fields[2]), let gid = Self.id(fields[3])
            else { return nil }
            return User(name: fields[0], uid: uid, gid: gid, home: fields[5])
        }
        groups = try Self.lines(group, "/etc/group").compactMap { fields in
            guard fields.count >= 3, !fields[0].isEmpty, let gid = Self.id(fields[2]) else { return nil }
            let members = fields.count > 3 ? fields[3].split(separator: ",") : []
            return Group(name: fields[0], gid: gid, members: members)
        }
    }

    /// Finds the user that an image or a command line names.
    ///
    /// A number is taken as it is, and gets no further groups.
    ///
    /// - Parameters:
    ///   - text: USER[:GROUP], each a name or a number; empty for root.
    ///   - further: Further groups by name or number.
    /// - Returns: The numbers.
    /// - Throws: `ProcessSettingsError` for a name that the files do not have, and a number that is none.
    package func user(_ text: String, groups further: [String] = []) throws(ProcessSettingsError) -> ProcessUser {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first ?? ""
        let number = try Self.number(name)
        let found = users.first { user in number.map { user.uid == $0 } ?? (user.name == name) }
        let isRoot = name.isEmpty
        let entry = isRoot ? users.first { $0.uid == 0 } : found
        guard isRoot || number != nil || entry != nil else {
            throw ProcessSettingsError("unable to find user \(name): no matching entries in passwd file")
        }
        var gid = entry?.gid ?? 0
        var all: [UInt32] = []
        if parts.count > 1, !parts[1].isEmpty {
            gid = try group(parts[1])
        } else if let entry, number == nil, !isRoot {
            all = groups.filter { $0.members.contains(entry.name) }.map(\.gid)
        }
        for text in further { all.append(try group(text[...])) }
        var seen: Set<UInt32> = []
        return ProcessUser(
            uid: entry?.uid ?? number ?? 0,
            gid: gid,
            groups: ([gid] + all).filter { seen.insert($0).inserted },
            home: entry.flatMap { $0.home.isEmpty ? nil : String($0.home) }
        )
    }

    private func group(_ text: Substring) throws(ProcessSettingsError) -> UInt32 {
        if let number = try Self.number(text) { return number }
        guard let found = groups.first(where: { $0.name == text }) else {
            throw ProcessSettingsError("unable to find group \(text): no matching entries in group file")
        }
        return found.gid
    }

    /// The number that a text is; nil for a name.
    private static func number(_ text: Substring) throws(ProcessSettingsError) -> UInt32? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        guard let id = id(text) else {
            throw ProcessSettingsError("uids and gids must be in range 0-2147483647: \(text)")
        }
        return id
    }

    private static func id(_ text: Substring) -> UInt32? {
        guard let number = UInt32(text), number <= 0x7FFF_FFFF else { return nil }
        return number
    }

    private static func lines(_ bytes: [UInt8], _ path: String) throws(ProcessSettingsError) -> [[Substring]] {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: lineLimit)
        guard lines.count <= lineLimit else {
            throw ProcessSettingsError("\(path) of the image has more than \(lineLimit) lines")
        }
        return lines.map { line in
            let text = String(decoding: line, as: UTF8.self)
            return text.split(separator: ":", omittingEmptySubsequences: false)
        }
    }
}
