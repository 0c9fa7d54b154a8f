import LayerModel
import LayerTestKit

/// A stack of layers and a sequence of edits, made by chance over few names; every edit can be done.
///
/// Left out is what drivers show in different ways by their nature: writing to, and giving away, a file that a layer has under several names
/// (overlayfs parts the names with the first copy, a checkout does not), and writing through one of several names (the union
/// view puts a new file in place of the old). Unless all drivers run as root, also what an ordinary user's disk cannot say: that what
/// lies in a layer with an owner or a mode of its own was moved, or was replaced by something new.
struct RandomContainer {
    /// Who has to be able to do the edits.
    enum Rights: String, CaseIterable, Codable {
        /// Root alone.
        case root
        /// Who has numbers of users and groups in a user namespace.
        case ranges
        /// Anybody.
        case nobody
    }

    /// The layers, the lowest first.
    let layers: [[LayerEntry]]
    /// The edits.
    private(set) var edits: [ContainerEdit] = []
    private let rights: Rights
    private let root: LayerPath
    private var model: ModelTree
    private var generator: SeededGenerator

    /// Makes it.
    ///
    /// - Parameters:
    ///   - seed: What decides.
    ///   - rights: Who has to be able to do the edits.
    ///   - root: The directory that all is to lie in.
    /// - Throws: `TreeMergeError`.
    init(seed: UInt64, rights: Rights, below root: LayerPath) throws {
        let editCount = 15
        self.rights = rights
        self.root = root
        var layers = RandomStack(seed: seed).layers.map { layer in layer.map { Self.moved($0, below: root) } }
        var merge = TreeMerge()
        if !root.isRoot {
            let own = LayerEntry(root, .directory, attributes: FileAttributes(mode: 0o755))
            layers = layers.isEmpty ? [[own]] : [[own] + layers[0]] + layers.dropFirst()
            try merge.apply([LayerEntry(Self.neighbour, .directory, attributes: FileAttributes(mode: 0o755))])
        }
        for layer in layers { try merge.apply(layer) }
        // A link can lead out of the directory, where there would be the root's end.
        let isInside = merge.nodes.keys.allSatisfy { $0.isWithin(root) || $0 == Self.neighbour }
        guard isInside, root.isRoot || merge.nodes[Self.neighbour] != nil else {
            throw TreeMergeError.badWhiteout(root)
        }
        self.layers = layers
        generator = SeededGenerator(seed: seed ^ 0x5eed)
        model = ModelTree(merge)
        var attempts = 0
        while edits.count < editCount, attempts < editCount * 40 {
            attempts += 1
            guard let edit = next(), isPossible(edit) else { continue }
            model.apply(edit, number: edits.count)
            edits.append(edit)
        }
    }

    /// What must not change beside the directory.
    private static let neighbour = LayerPath.root.appending(Array("neighbour".utf8))

    /// Puts an entry into a directory, so that what it says of the root it says of that directory.
    private static func moved(_ entry: LayerEntry, below root: LayerPath) -> LayerEntry {
        func below(_ path: LayerPath) -> LayerPath { path.components.reduce(root) { $0.appending($1) } }
        var entry = entry
        // The root's parent is the root.
        if entry.kind == .symbolicLink, entry.path.parent?.isRoot == true, entry.target.elementsEqual("..".utf8) {
            entry.target = Array(".".utf8)
        }
        if entry.target.first == UInt8(ascii: "/"), !root.isRoot {
            entry.target = [UInt8(ascii: "/")] + root.bytes + entry.target
        }
        entry.path = below(entry.path)
        if entry.kind == .hardLink { entry.linkedPath = below(entry.linkedPath) }
        return entry
    }

    private mutating func next() -> ContainerEdit? {
        let known = model.names.keys.filter { $0 != root && $0.isWithin(root) }.sorted()
        guard let free = path() else { return nil }
        let present = known.randomElement(using: &generator).map(EditedPath.text) ?? free
        let number = Int.random(in: 0..<4, using: &generator)
        let content = [UInt8](repeating: UInt8(97 + number), count: Int.random(in: 0..<600, using: &generator))
        switch Int.random(in: 0..<22, using: &generator) {
        case 0, 1: return .write(free, content)
        case 2: return .write(present, content)
        case 3: return .append(present, content)
        case 4: return .truncate(present, number * 2)
        case 5: return .setMode(present, [0o700, 0o755, 0o4711, 0o1777][number])
        case 6: return .setOwner(present, uid: UInt32(1 + number % 3), gid: UInt32(1 + number / 2))
        case 7: return .touch(present)
        case 8...10: return .move(present, to: free)
        case 11...13: return .remove(present)
        case 14, 15: return .makeDirectory(free)
        case 16: return .link(present, to: free)
        case 17: return .symbolicLink(free, ["..", "a", "/b/c", "b/../a"][number])
        case 18: return .fifo(free)
        case 19, 20: return .setAttribute(present, [UInt8(number)])
        default: return .removeAttribute(present)
        }
    }

    private mutating func path() -> String? {
        let inside = model.names.keys.filter { $0 != root && $0.isWithin(root) && model[$0]?.kind == .directory }
        let limit = root.components.count + 4
        guard let parent = ([root] + inside.sorted()).randomElement(using: &generator), parent.components.count < limit,
            let name = ["a", "b", "c", "d"].randomElement(using: &generator)
        else { return nil }
        return EditedPath.text(parent.appending(Array(name.utf8)))
    }

    private func isPossible(_ edit: ContainerEdit) -> Bool {
        let path = EditedPath.layerPath(edit.paths[0])
        let file = model[path]
        switch edit {
        case .write: return file == nil ? isFree(path) : isWritable(path)
        case .append, .truncate: return isWritable(path)
        case .setMode: return file.map { $0.kind != .symbolicLink && !$0.isShared } ?? false
        case .setOwner: return rights != .nobody && file.map { !$0.isShared } ?? false
        case .touch: return file.map { $0.kind != .directory && !$0.isShared } ?? false
        case .setAttribute: return isAttributed(path)
        case .removeAttribute: return isAttributed(path) && file?.attribute != nil
        case .remove: return file != nil
        case .makeDirectory, .symbolicLink, .fifo: return isFree(path)
        case .link(_, let target):
            return isMovable(path) && file?.kind != .directory && isFree(EditedPath.layerPath(target))
        case .move(_, let target): return isMove(path, EditedPath.layerPath(target))
        }
    }

    private func isFree(_ path: LayerPath) -> Bool {
        model[path] == nil && (rights == .root || !model.inexactPaths.contains(path))
    }

    private func isWritable(_ path: LayerPath) -> Bool {
        model[path].map { $0.kind == .regular && !$0.isShared } ?? false && model.nameCount(path) == 1
    }

    private func isAttributed(_ path: LayerPath) -> Bool {
        model[path].map { ($0.kind == .regular || $0.kind == .directory) && !$0.isShared } ?? false
    }

    private func isMovable(_ path: LayerPath) -> Bool {
        model[path].map { !$0.isShared && (rights == .root || !$0.isInexact) } ?? false
    }

    private func isMove(_ path: LayerPath, _ target: LayerPath) -> Bool {
        guard isMovable(path), path != target, !target.isWithin(path) else { return false }
        if model[path]?.kind != .directory {
            guard model[target]?.kind != .directory, model.names[target] != model.names[path] else { return false }
            return rights == .root || !model.inexactPaths.contains(target)
        }
        guard model[target] == nil else { return false }
        return model.within(path).allSatisfy { name in
            let moved = name.components.dropFirst(path.components.count).reduce(target) { $0.appending($1) }
            return isMovable(name) && model.nameCount(name) == 1
                && (rights == .root || !model.inexactPaths.contains(moved))
        }
    }
}
