import LayerModel

/// The tree that a container must show: that of `TreeMerge`, and what edits make of it, in memory alone.
struct ModelTree {
    /// What stands at a name.
    struct File {
        var kind: EntryKind
        var mode: UInt16
        var uid: UInt32
        var gid: UInt32
        var time: Int64
        var content: [UInt8]
        var target: [UInt8]
        var attribute: [UInt8]?
        /// Whether a layer has it under several names, which drivers part at different times once one of them is written.
        var isShared = false
        /// Whether it is a layer's, and an ordinary user's disk cannot hold all of it.
        var isInexact = false

        /// Whether an ordinary user's disk can have its mode: that user must be able to read it.
        var isModeExact: Bool { mode | (kind == .directory ? 0o700 : 0o400) == mode }
    }

    /// Which file stands at each name, the root left out.
    private(set) var names: [LayerPath: Int] = [:]
    /// The files by their numbers.
    private(set) var files: [Int: File] = [:]
    private var lastInode: Int
    /// Where the layers have something that an ordinary user's disk cannot hold.
    let inexactPaths: Set<LayerPath>
    /// The mode of the root.
    private(set) var rootMode: UInt16

    /// Takes the tree of an image.
    init(_ merge: TreeMerge) {
        rootMode = merge.rootAttributes.mode
        var counts: [Int: Int] = [:]
        for node in merge.nodes.values { counts[node.inode, default: 0] += 1 }
        var inexact: Set<LayerPath> = []
        for (path, node) in merge.nodes {
            var file = File(node)
            file.isShared = node.kind != .directory && counts[node.inode, default: 1] > 1
            file.isInexact = node.attributes.uid != 0 || node.attributes.gid != 0 || !file.isModeExact
            if file.isInexact { inexact.insert(path) }
            names[path] = node.inode
            files[node.inode] = file
        }
        inexactPaths = inexact
        lastInode = files.keys.max() ?? 0
    }

    /// What stands at a path.
    subscript(_ path: LayerPath) -> File? { names[path].flatMap { files[$0] } }

    /// How many names a file has.
    func nameCount(_ path: LayerPath) -> Int {
        guard let inode = names[path] else { return 0 }
        return names.values.count { $0 == inode }
    }

    /// All names within a path.
    func within(_ path: LayerPath) -> [LayerPath] { names.keys.filter { $0.isWithin(path) } }

    /// Does an edit.
    mutating func apply(_ edit: ContainerEdit, number: Int) {
        let path = EditedPath.layerPath(edit.paths[0])
        switch edit {
        case .write(_, let content):
            if names[path] == nil { make(path, .regular, mode: 0o644) }
            change(path) { $0.content = content }
        case .append(_, let content): change(path) { $0.content += content }
        case .truncate(_, let count):
            change(path) { file in
                let zeros = [UInt8](repeating: 0, count: max(0, count - file.content.count))
                file.content = Array(file.content.prefix(count)) + zeros
            }
        case .setMode(_, let mode): if path.isRoot { rootMode = mode } else { change(path) { $0.mode = mode } }
        case .setOwner(_, let uid, let gid):
            change(path) { ($0.uid, $0.gid, $0.isInexact) = (uid, gid, !$0.isModeExact) }
        case .touch: break
        case .move(_, let target): move(path, to: EditedPath.layerPath(target))
        case .remove: for name in within(path) { names[name] = nil }
        case .makeDirectory: make(path, .directory, mode: 0o755)
        case .link(_, let target): names[EditedPath.layerPath(target)] = names[path]
        case .symbolicLink(_, let target):
            make(path, .symbolicLink, mode: 0o777)
            change(path) { $0.target = Array(target.utf8) }
        case .fifo: make(path, .fifo, mode: 0o644)
        case .setAttribute(_, let value): change(path) { $0.attribute = value }
        case .removeAttribute: change(path) { $0.attribute = nil }
        }
        if let touched = edit.touched {
            change(EditedPath.layerPath(touched)) { $0.time = ContainerEdit.time(of: number) }
        }
    }

    private mutating func move(_ path: LayerPath, to target: LayerPath) {
        for name in within(path) {
            let rest = name.components.dropFirst(path.components.count)
            let inode = names.removeValue(forKey: name)
            names[rest.reduce(target) { $0.appending($1) }] = inode
        }
    }

    private mutating func make(_ path: LayerPath, _ kind: EntryKind, mode: UInt16) {
        lastInode += 1
        let inode = lastInode
        names[path] = inode
        files[inode] = File(kind: kind, mode: mode, uid: 0, gid: 0, time: 0, content: [], target: [])
    }

    private mutating func change(_ path: LayerPath, _ body: (inout File) -> Void) {
        guard let inode = names[path], var file = files[inode] else { return }
        body(&file)
        files[inode] = file
    }
}

extension ModelTree.File {
    init(_ node: MergedNode) {
        self.init(
            kind: node.kind,
            mode: node.attributes.mode,
            uid: node.attributes.uid,
            gid: node.attributes.gid,
            time: node.attributes.modificationTime.seconds,
            content: node.kind == .regular ? node.content : [],
            target: node.target,
            attribute: node.attributes.extendedAttributes
                .first { $0.name.elementsEqual(ContainerEdit.attributeName.utf8) }?.value
        )
    }
}
