import LayerArchive
import LayerModel
import LayerSystem
import LayerTree

/// What one name of a container looks like.
struct ShownFile: Hashable, Codable, CustomStringConvertible {
    var kind: String
    var mode: UInt16
    var uid: UInt32
    var gid: UInt32
    var time: Int64
    var content: String
    var target: String
    var attribute: [UInt8]?
    /// The first name, in order, of those that are one file.
    var firstName: String

    var description: String {
        let value = content + target + (attribute.map { " \($0)" } ?? "")
        return "\(kind) \(String(mode, radix: 8)) \(uid):\(gid) \(time) \(value) \(firstName)"
    }

    /// Content as a few words.
    static func summary(_ content: [UInt8]) -> String {
        content.isEmpty ? "0" : "\(content.count):\(Digest.sha256(of: content).hex.prefix(16))"
    }

    /// The time of a directory changes with what comes and goes in it, and only a layer says which of that counts.
    static func time(_ kind: EntryKind, _ seconds: Int64) -> Int64 { kind == .directory ? 0 : seconds }
}

/// All names of a tree and what they look like.
typealias ShownTree = [String: ShownFile]

extension ModelTree {
    /// What must be seen.
    var shown: ShownTree {
        var firstNames: [Int: LayerPath] = [:]
        var shown: ShownTree = [:]
        for (path, inode) in names.sorted(by: { $0.key < $1.key }) {
            guard let file = files[inode] else { continue }
            let first = firstNames[inode] ?? path
            firstNames[inode] = first
            shown[EditedPath.text(path)] = ShownFile(
                kind: "\(file.kind)",
                mode: file.kind == .symbolicLink ? 0 : file.mode,
                uid: file.uid,
                gid: file.gid,
                time: ShownFile.time(file.kind, file.time),
                content: ShownFile.summary(file.content),
                target: String(decoding: file.target, as: UTF8.self),
                attribute: file.attribute,
                firstName: EditedPath.text(first)
            )
        }
        return shown
    }
}

extension ShownFile {
    /// Reads a tree, through whatever shows it.
    static func read(_ tree: any ContainerTree) throws -> ShownTree {
        var shown: ShownTree = [:]
        var firstNames: [FileIdentity: String] = [:]
        var links: [LayerPath: FileIdentity] = [:]
        func add(_ directory: any TreeDirectory) throws {
            for name in try directory.list() {
                guard let entry = try directory.entry(name) else { continue }
                let path = EditedPath.text(directory.path.appending(name))
                if let link = entry.link { links[directory.path.appending(name)] = link }
                var content: [UInt8] = []
                if entry.kind == .regular { try directory.readFile(name) { content.append(contentsOf: $0) } }
                shown[path] = ShownFile(entry, content, firstName: path)
                if entry.kind == .directory { try add(directory.open(name)) }
            }
        }
        try add(tree.root)
        for (path, link) in links.sorted(by: { $0.key < $1.key }) {
            let first = firstNames[link] ?? EditedPath.text(path)
            firstNames[link] = first
            shown[EditedPath.text(path)]?.firstName = first
        }
        return shown
    }

    private init(_ entry: TreeEntry, _ content: [UInt8], firstName: String) {
        self.init(
            kind: "\(entry.kind)",
            mode: entry.kind == .symbolicLink ? 0 : entry.attributes.mode,
            uid: entry.attributes.uid,
            gid: entry.attributes.gid,
            time: Self.time(entry.kind, entry.attributes.modificationTime.seconds),
            content: Self.summary(content),
            target: String(decoding: entry.target, as: UTF8.self),
            attribute: entry.attributes.extendedAttributes
                .first { $0.name.elementsEqual(ContainerEdit.attributeName.utf8) }?.value,
            firstName: firstName
        )
    }
}
