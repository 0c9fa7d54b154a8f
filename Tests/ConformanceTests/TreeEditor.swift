import LayerModel
import LayerSystem
import LayerTree

/// Does edits to a container through the calls that tools make on its tree: no mount is needed.
struct TreeEditor {
    /// The tree.
    let tree: any ContainerTree

    /// Nothing stands at a name that an edit is about.
    struct Missing: Error {
        let path: String
    }

    /// Does an edit.
    func run(_ edit: ContainerEdit, number: Int) throws {
        let time = Timestamp(seconds: ContainerEdit.time(of: number))
        try change(edit, time)
        for parent in edit.parents { try setTime(parent, time) }
    }

    /// Opens the directory that a path leads into.
    func place(_ path: String) throws -> (directory: any TreeDirectory, name: [UInt8]) {
        let place = try tree.resolve(Array(path.utf8), followsLast: false)
        guard let name = place.name else { throw Missing(path: path) }
        return (place.directory, name)
    }

    private func setTime(_ path: String, _ time: Timestamp) throws {
        guard !path.isEmpty else { return }
        let (directory, name) = try place(path)
        var change = AttributeChange()
        change.modificationTime = time
        try directory.setAttributes(name, change)
    }

    private func change(_ edit: ContainerEdit, _ time: Timestamp) throws {
        let (directory, name) = try place(edit.paths[0])
        var change = AttributeChange()
        change.modificationTime = time
        switch edit {
        case .write(_, let content): try write(directory, name, time) { _ in content }
        case .append(_, let content): try write(directory, name, time) { $0 + content }
        case .truncate(_, let count):
            try write(directory, name, time) { former in
                Array(former.prefix(count)) + [UInt8](repeating: 0, count: max(0, count - former.count))
            }
        case .setMode(let path, let mode): try set(path) { $0.mode = mode }
        case .setOwner(let path, let uid, let gid):
            let mode = try directory.entry(name)?.attributes.mode
            try set(path) { ($0.uid, $0.gid, $0.mode) = (uid, gid, mode) }
        case .touch(let path): try set(path) { $0.modificationTime = time }
        case .move(_, let target): try TreeMove(tree: self).move(directory, name, to: target)
        case .remove: try directory.remove(name)
        case .makeDirectory:
            change.mode = 0o755
            try directory.makeDirectory(name, change)
        case .link(_, let target):
            let (other, newName) = try place(target)
            try other.link(newName, to: directory, name)
        case .symbolicLink(_, let target): try directory.put(name, .symbolicLink(Array(target.utf8)), change)
        case .fifo:
            change.mode = 0o644
            try directory.put(name, .node(.fifo, DeviceNumber(major: 0, minor: 0)), change)
        case .setAttribute(let path, let value):
            let attribute = ExtendedAttribute(name: Array(ContainerEdit.attributeName.utf8), value: value)
            try set(path) { $0.extendedAttributes = [attribute] }
        case .removeAttribute(let path):
            try set(path) { $0.removedAttributes = [Array(ContainerEdit.attributeName.utf8)] }
        }
    }

    private func set(_ path: String, _ body: (inout AttributeChange) -> Void) throws {
        let (directory, name) = try place(path)
        var change = AttributeChange()
        body(&change)
        try directory.setAttributes(name, change)
    }

    private func write(
        _ directory: any TreeDirectory,
        _ name: [UInt8],
        _ time: Timestamp,
        _ content: ([UInt8]) -> [UInt8]
    ) throws {
        var former: [UInt8] = []
        var change = AttributeChange()
        change.mode = 0o644
        if let entry = try directory.entry(name) {
            try directory.readFile(name) { former.append(contentsOf: $0) }
            change = AttributeChange(entry.attributes)
        }
        change.modificationTime = time
        let bytes = content(former)
        try directory.put(name, .regular { try $0.write(bytes) }, change)
    }
}
