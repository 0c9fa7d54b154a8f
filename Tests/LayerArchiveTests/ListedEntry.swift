import Foundation
import LayerArchive
import LayerModel

/// An entry as another program lists it; names and values of attributes in hexadecimal, since they may be any bytes.
struct ListedEntry: Codable, Equatable, CustomStringConvertible {
    var name: String
    var kind: String
    var mode: UInt16
    var uid: UInt32
    var gid: UInt32
    var seconds: Int64
    var nanoseconds: UInt32
    var byteCount: Int64
    var link: String
    var digest: String
    var device: [UInt32]
    var attributes: [String: String]

    /// Larger files are all holes in tests: their content is not looked at.
    static let largestHashedByteCount: Int64 = 1 << 26

    /// Takes an entry of the reader under test; slashes at the end of a name are left to the kind, as the others do.
    init(_ entry: ReadEntry) {
        var bare = entry.name
        while bare.count > 1, bare.last == UInt8(ascii: "/") { bare.removeLast() }
        name = Digest.encodeHex(bare)
        kind = "\(entry.kind)"
        (mode, uid, gid) = (entry.mode, entry.uid, entry.gid)
        (seconds, nanoseconds) = (entry.modificationTime.seconds, entry.modificationTime.nanoseconds)
        byteCount = entry.byteCount
        link = Digest.encodeHex(entry.linkName)
        let isHashed = entry.kind == .regular && entry.byteCount <= Self.largestHashedByteCount
        digest = isHashed ? Digest.sha256(of: entry.content).hex : ""
        device = [entry.device.major, entry.device.minor]
        attributes = [:]
        for attribute in entry.extendedAttributes {
            attributes[Digest.encodeHex(attribute.name)] = Digest.encodeHex(attribute.value)
        }
    }

    /// Reads what the scripts print: one JSON object a line.
    static func list(_ lines: [UInt8]) throws -> [ListedEntry] {
        try lines.split(separator: UInt8(ascii: "\n")).map { line in
            try JSONDecoder().decode(ListedEntry.self, from: Data(line))
        }
    }

    var description: String {
        let attributes = attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.prefix(40))" }
        return
            "\(kind) \(name) \(String(mode, radix: 8)) \(uid):\(gid) \(seconds).\(nanoseconds) \(byteCount) -> \(link) "
            + "\(digest.prefix(12)) \(device) \(attributes)"
    }
}
