import LayerArchive
import LayerModel
import LayerSystem

/// A directory tree as lines, in the form of the fixtures' `app.tree`.
///
/// The columns have a tab between them: path, kind, mode, uid, gid, mtime, value (`bytes:sha256`, a link's target, `major:minor` or
/// `-`), how many names of the tree share the inode, extended attributes. What overlayfs itself puts there is left out.
package struct TreeLines {
    private var statuses: [(path: [UInt8], columns: [String], identity: FileIdentity?)] = []
    private var nameCounts: [FileIdentity: Int] = [:]

    /// Reads all below a directory.
    ///
    /// - Parameter path: The directory.
    /// - Returns: A line for each name, sorted by the bytes of the path.
    /// - Throws: `SystemError`.
    package static func read(_ path: String) throws -> [String] {
        var lines = Self()
        try lines.add(Directory(path: path), prefix: [])
        return lines.statuses.sorted { $0.path.lexicographicallyPrecedes($1.path) }.map { entry in
            let names = entry.identity.flatMap { lines.nameCounts[$0] } ?? 1
            var columns = [escaped(entry.path)] + entry.columns
            columns.insert(String(names), at: columns.count - 1)
            return columns.joined(separator: "\t")
        }
    }

    /// The lines of everything but directories: what a failed attempt must leave as it was.
    package static func files(_ path: String) throws -> [String] {
        try read(path).filter { $0.split(separator: "\t")[1] != "dir" }
    }

    private mutating func add(_ directory: Directory, prefix: [UInt8]) throws {
        for name in try directory.list() {
            let status = try directory.status(name)
            let path = prefix + name
            let isDirectory = status.kind == .directory
            if !isDirectory { nameCounts[status.identity, default: 0] += 1 }
            let columns = [
                Self.kind(status.kind), Self.octal(status.mode), "\(status.uid)", "\(status.gid)",
                Self.time(status.modificationTime), try Self.value(directory, name, status),
                try Self.attributes(directory, name),
            ]
            statuses.append((path, columns, isDirectory ? nil : status.identity))
            if isDirectory { try add(directory.open(name), prefix: path + [UInt8(ascii: "/")]) }
        }
    }

    private static func kind(_ kind: EntryKind) -> String {
        switch kind {
        case .directory: "dir"
        case .symbolicLink: "symlink"
        case .characterDevice: "char"
        case .blockDevice: "block"
        case .fifo: "fifo"
        case .socket: "socket"
        case .regular, .hardLink: "file"
        }
    }

    private static func octal(_ mode: UInt16) -> String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func time(_ time: Timestamp) -> String {
        "\(time.seconds).\(String(1_000_000_000 + UInt64(time.nanoseconds)).dropFirst())"
    }

    private static func value(_ directory: Directory, _ name: [UInt8], _ status: FileStatus) throws -> String {
        switch status.kind {
        case .regular:
            let content = try directory.openFile(name).readAll(byteLimit: 1 << 30)
            return "\(content.count):\(Digest.sha256(of: content).hex)"
        case .symbolicLink: return escaped(try directory.readLink(name))
        case .characterDevice, .blockDevice: return "\(status.nodeDevice.major):\(status.nodeDevice.minor)"
        default: return "-"
        }
    }

    private static func attributes(_ directory: Directory, _ name: [UInt8]) throws -> String {
        let shown = try directory.extendedAttributes(of: name).filter { attribute in
            let text = String(decoding: attribute.name, as: UTF8.self)
            return !text.hasPrefix("trusted.overlay.") && !text.hasPrefix("user.overlay.") && text != "security.selinux"
        }
        guard !shown.isEmpty else { return "-" }
        return shown.map { "\(String(decoding: $0.name, as: UTF8.self))=\(escaped($0.value))" }.joined(separator: ",")
    }

    private static func escaped(_ bytes: [UInt8]) -> String {
        var text = ""
        for byte in bytes {
            if (0x21..<0x7f).contains(byte), byte != UInt8(ascii: "\\") {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "\\x" + Digest.encodeHex([byte])
            }
        }
        return text
    }
}
