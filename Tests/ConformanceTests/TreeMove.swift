import LayerModel
import LayerSystem
import LayerTree

@testable import LayerTree

/// Moves names of a tree; a directory as mv(1) does where rename(2) refuses it: what lies in it is made again and the old removed.
struct TreeMove {
    let tree: TreeEditor

    /// Moves anything.
    func move(_ directory: any TreeDirectory, _ name: [UInt8], to target: String) throws {
        if try directory.entry(name)?.kind == .directory { return try moveDirectory(directory, name, to: target) }
        let (other, newName) = try tree.place(target)
        if let union = directory as? UnionDirectory, let unionTarget = other as? UnionDirectory {
            return try union.rename(name, to: unionTarget, as: newName)
        }
        try other.link(newName, to: directory, name)
        try directory.remove(name)
    }

    /// Moves a directory.
    func moveDirectory(_ directory: any TreeDirectory, _ name: [UInt8], to target: String) throws {
        let (other, newName) = try tree.place(target)
        try copy(directory, name, to: other, newName)
        try directory.remove(name)
    }

    private func copy(
        _ directory: any TreeDirectory,
        _ name: [UInt8],
        to other: any TreeDirectory,
        _ newName: [UInt8]
    ) throws {
        guard let entry = try directory.entry(name) else { throw TreeEditor.Missing(path: "\(name)") }
        let attributes = AttributeChange(entry.attributes)
        switch entry.kind {
        case .directory:
            try other.makeDirectory(newName, attributes)
            let (source, copy) = (try directory.open(name), try other.open(newName))
            for child in try source.list() { try self.copy(source, child, to: copy, child) }
            var change = AttributeChange()
            change.modificationTime = entry.attributes.modificationTime
            try other.setAttributes(newName, change)
        case .regular: try other.put(newName, .copy(of: directory.openFile(name)), attributes)
        case .symbolicLink: try other.put(newName, .symbolicLink(entry.target), attributes)
        default: try other.put(newName, .node(entry.kind, entry.device), attributes)
        }
    }
}
