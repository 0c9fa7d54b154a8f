import LayerModel
import LayerSystem
import LayerTestKit

@testable import LayerTree

/// A layer's tree on disk in lines of `LayerSketch`, with what only the overlay form has: `f!` is a whiteout, `d/ opaque` hides what lies
/// below it.
enum OverlaySketch {
    /// Sketches a tree.
    static func lines(
        of tree: Directory,
        usesUserAttributes: Bool = UnpackedStack.settings.usesUserAttributes
    ) throws -> [String] {
        var firstNames: [FileIdentity: String] = [:]
        var lines: [String] = []
        try add(tree, "", usesUserAttributes, &firstNames, &lines)
        return lines
    }

    private static func add(
        _ directory: Directory,
        _ prefix: String,
        _ usesUserAttributes: Bool,
        _ firstNames: inout [FileIdentity: String],
        _ lines: inout [String]
    ) throws {
        for name in try directory.list().sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let status = try directory.status(name)
            let path = prefix + EscapedText.name(name)
            guard !status.isWhiteout else {
                lines.append(path + "!")
                continue
            }
            let plainMode: UInt16 =
                switch status.kind {
                case .directory: 0o755
                case .symbolicLink: status.mode
                default: 0o644
                }
            let mode = status.mode == plainMode ? "" : " " + String(status.mode, radix: 8)
            if status.kind != .directory, let first = firstNames[status.identity] {
                lines.append(path + "=>" + first + mode)
                continue
            }
            firstNames[status.identity] = path
            lines.append(path + (try form(of: directory, name, status, usesUserAttributes)) + mode)
            if status.kind == .directory {
                try add(directory.open(name), path + "/", usesUserAttributes, &firstNames, &lines)
            }
        }
    }

    private static func form(
        of directory: Directory,
        _ name: [UInt8],
        _ status: FileStatus,
        _ usesUserAttributes: Bool
    ) throws -> String {
        switch status.kind {
        case .directory:
            let key = usesUserAttributes ? "user.overlay.opaque" : "trusted.overlay.opaque"
            let value = try directory.extendedAttribute(key, of: name)
            return value == Array("y".utf8) ? "/ opaque" : "/"
        case .symbolicLink: return "->" + String(decoding: try directory.readLink(name), as: UTF8.self)
        case .fifo: return "|"
        case .regular:
            let content = try directory.openFile(name).readAll(byteLimit: 1 << 20)
            return content.isEmpty ? "" : "=" + String(decoding: content, as: UTF8.self)
        default: return " \(status.kind) \(status.nodeDevice.major):\(status.nodeDevice.minor)"
        }
    }
}
