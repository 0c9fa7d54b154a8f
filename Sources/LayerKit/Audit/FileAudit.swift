import LayerAudit
import LayerModel
import LayerTree

/// What a file may do by its mode and its attributes.
enum FileAudit {
    private static let capability = Array("security.capability".utf8)

    /// Looks at a node that is no symbolic link.
    static func findings(_ node: IndexNode, _ index: LayerIndex) -> [(rule: AuditRule, detail: String)] {
        var all: [(AuditRule, String)] = []
        let owner = "mode \(octal(node.mode)), owner \(node.uid):\(node.gid)"
        switch node.kind {
        case .regular:
            if node.mode & 0o4000 != 0 { all.append((.fileSetuid, owner)) }
            if node.mode & 0o2000 != 0 { all.append((.fileSetgid, owner)) }
            if node.mode & 0o002 != 0 { all.append((.fileWorldWritable, owner)) }
            if let value = index.extendedAttributes(of: node).first(where: { $0.name == capability })?.value {
                all.append((.fileCapabilities, FileCapabilities(value)?.text ?? "capabilities of an unknown form"))
            }
        case .directory:
            if node.mode & 0o002 != 0, node.mode & 0o1000 == 0 { all.append((.directoryWorldWritable, owner)) }
        case .characterDevice, .blockDevice:
            let kind = node.kind == .blockDevice ? "block" : "character"
            all.append((.fileDevice, "\(kind) device \(node.device.major):\(node.device.minor), \(owner)"))
        default: break
        }
        return all
    }

    private static func octal(_ mode: UInt16) -> String { "0" + String(mode, radix: 8) }
}
