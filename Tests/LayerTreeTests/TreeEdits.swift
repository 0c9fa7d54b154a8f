import LayerModel
import LayerSystem
import LayerTestKit

@testable import LayerTree

/// What a tool may do to the tree of a container through `TreeDirectory`, made by chance over few names.
///
/// What cannot be done is left undone. Two runs with one seed do the same to trees that are the same.
struct TreeEdits {
    private var generator: SeededGenerator
    private let tree: any ContainerTree
    /// What was done, and whether it could be.
    private(set) var log: [String] = []

    init(_ tree: any ContainerTree, seed: UInt64) {
        self.tree = tree
        generator = SeededGenerator(seed: seed)
    }

    mutating func run(count: Int) {
        for _ in 0..<count { edit() }
    }

    private mutating func edit() {
        let (one, other) = (path(), path())
        let kind = Int.random(in: 0..<13, using: &generator)
        let number = Int.random(in: 0..<4, using: &generator)
        var change = AttributeChange()
        change.mode = [0o644, 0o755, 0o4711, 0o600][number]
        (change.uid, change.gid) = (UInt32(number), UInt32(number / 2))
        change.modificationTime = Timestamp(seconds: Int64(2000 + log.count), nanoseconds: 5)
        if number == 2 { change.extendedAttributes = [ExtendedAttribute(name: Array("user.e".utf8), value: [7])] }
        let text = "\(kind) \(String(decoding: one, as: UTF8.self)) \(String(decoding: other, as: UTF8.self)) \(number)"
        do {
            try edit(kind, one, other, number, change)
            log.append(text)
        } catch {
            log.append(text + " not")
        }
    }

    private func edit(
        _ kind: Int,
        _ one: [UInt8],
        _ other: [UInt8],
        _ number: Int,
        _ change: AttributeChange
    ) throws {
        let (directory, name) = try place(one)
        switch kind {
        case 0...2:
            let content = NewFile.regular { try $0.write([UInt8](repeating: UInt8(number), count: number * 3)) }
            try directory.put(name, content, change)
        case 3, 4: try directory.makeDirectory(name, change)
        case 5:
            let target = ["..", "a", "/b/c", "b/../a"][number]
            try directory.put(name, .symbolicLink(Array(target.utf8)), change)
        case 6: try directory.put(name, .node(.fifo, DeviceNumber(major: 0, minor: 0)), change)
        case 7, 8: try directory.remove(name)
        case 9, 10:
            let (source, oldName) = try place(other)
            try directory.link(name, to: source, oldName)
        default:
            guard try directory.entry(name) != nil else { return }
            var change = change
            if number == 3 { change.removedAttributes = [Array("user.e".utf8)] }
            if try directory.entry(name)?.kind != .regular { change.extendedAttributes = [] }
            try directory.setAttributes(name, change)
        }
    }

    private struct NoName: Error {}

    private func place(_ path: [UInt8]) throws -> (any TreeDirectory, [UInt8]) {
        let place = try tree.resolve(path, followsLast: false)
        guard let name = place.name else { throw NoName() }
        return (place.directory, name)
    }

    mutating func path() -> [UInt8] {
        let count = Int.random(in: 1...3, using: &generator)
        let names = (0..<count).map { _ in ["a", "b", "c"].randomElement(using: &generator) ?? "a" }
        return Array(names.joined(separator: "/").utf8)
    }
}

extension UnpackedStack {
    /// The tree that a tool sees, and the extended attributes in it.
    static func looks(of tree: any ContainerTree) throws -> [LayerPath: (look: Look, attributes: [ExtendedAttribute])] {
        var looks: [LayerPath: Look] = [:]
        var attributes: [LayerPath: [ExtendedAttribute]] = [:]
        var inodes: [LayerPath: FileIdentity] = [:]
        func add(_ directory: any TreeDirectory) throws {
            for name in try directory.list() {
                let path = directory.path.appending(name)
                guard let entry = try directory.entry(name) else { continue }
                inodes[path] = entry.link ?? FileIdentity(device: 0, inode: UInt64(inodes.count) + 1 << 60)
                attributes[path] = entry.attributes.extendedAttributes
                let file = entry.kind == .regular ? try directory.openFile(name) : nil
                looks[path] = Look(
                    kind: entry.kind,
                    mode: entry.kind == .symbolicLink ? 0 : entry.attributes.mode,
                    owner: Host.effectiveUserID == 0 ? [entry.attributes.uid, entry.attributes.gid] : [],
                    time: entry.attributes.modificationTime,
                    content: try file?.readAll(byteLimit: 1 << 20) ?? [],
                    target: entry.target,
                    firstName: .root
                )
                if entry.kind == .directory { try add(directory.open(name)) }
            }
        }
        try add(tree.root)
        let named = namedByFirst(looks, inodes)
        var result: [LayerPath: (look: Look, attributes: [ExtendedAttribute])] = [:]
        for (path, look) in named { result[path] = (look, attributes[path] ?? []) }
        return result
    }
}
