import LayerModel
import LayerSystem

/// A directory of a union tree: what the read-write layer has of it, and what of the layers below shows in it.
final class UnionDirectory: TreeDirectory {
    /// What is known of one name.
    struct Finding {
        /// What the read-write layer has; also a whiteout.
        let item: UpperItem?
        /// What stood there before anything was written.
        let before: LowerStack.Entry?
        /// What of the layers below shows there, or would if the read-write layer had nothing.
        let after: LowerStack.Entry?

        /// Whether anything stands at the name.
        var isThere: Bool { item.map { !$0.isWhiteout } ?? (after != nil) }
    }

    /// So many look-ups in the layers' indexes cost as much as to note all their names.
    private static let lookupLimit = 4

    let context: UnionContext
    let path: LayerPath
    let parent: UnionDirectory?
    private let before: LowerStack.MergedDirectory?
    private let after: LowerStack.MergedDirectory?
    private var opened: Directory?
    private var overlay: OverlayAttribute
    /// The generation in which the read-write layer did not have the directory.
    private var missedGeneration = -1
    private var lookupCount = 0
    private var lowerNames: [[UInt8]: LowerStack.Entry]?

    init(rootOf context: UnionContext, upper: Directory?, overlay: OverlayAttribute) {
        self.context = context
        self.overlay = overlay
        path = .root
        parent = nil
        before = context.lowers.root
        after = overlay.isOpaque || context.form.isWholeTree ? nil : context.lowers.root
        opened = upper
    }

    private init(_ name: [UInt8], in parent: UnionDirectory, _ found: Finding) throws(SystemError) {
        context = parent.context
        path = parent.path.appending(name)
        self.parent = parent
        overlay = found.item?.overlay ?? .none
        before = found.before?.directory
        if let redirect = overlay.redirect {
            after = context.reader.target(of: redirect, at: path)?.directory
        } else {
            after = overlay.isOpaque || context.form.isWholeTree ? nil : found.after?.directory
        }
        if found.item != nil { opened = try parent.upper()?.open(name) }
    }

    /// The directory in the read-write layer; nil while it does not have it.
    func upper() throws(SystemError) -> Directory? {
        if let opened { return opened }
        guard let parent, missedGeneration != context.generation else { return nil }
        missedGeneration = context.generation
        let name = Array(path.name)
        guard let above = try parent.upper(), let status = try above.statusIfPresent(name),
            status.kind == .directory
        else { return nil }
        let directory = try above.open(name)
        overlay = OverlayAttribute(try directory.extendedAttributes(), context.form.namespaces)
        opened = directory
        return directory
    }

    /// Notes that the directory says of itself that it holds whiteouts by attribute.
    func noteMarkedWhiteouts() { overlay.noteMarkedWhiteouts() }

    /// Looks a name up.
    func find(_ name: [UInt8]) throws -> Finding {
        let item = try upper().flatMap { directory in try Self.item(name, in: directory, context.form, overlay) }
        let lower = lowerEntry(name)
        let former = before == after ? lower : before.flatMap { Self.entry(name, in: $0, context.lowers) }
        return Finding(item: item, before: former, after: lower)
    }

    /// Looks a name up that must be there.
    func findPresent(_ name: [UInt8]) throws -> Finding {
        let found = try find(name)
        guard found.isThere else { throw TreeAccessError(.notFound, self, name) }
        return found
    }

    private static func item(
        _ name: [UInt8],
        in directory: Directory,
        _ form: UpperForm,
        _ overlay: OverlayAttribute
    ) throws -> UpperItem? {
        if form.readsMarkers { return try listing(directory, form, overlay).items.first { $0.name == name } }
        guard let status = try directory.statusIfPresent(name) else { return nil }
        if status.isWhiteout, !form.isWholeTree {
            return UpperItem(name: name, status: status, attributes: OverlayAttribute.none, isWhiteout: true)
        }
        return try UpperItem(
            name,
            status,
            in: directory,
            form,
            holdsMarkedWhiteouts: overlay.holdsMarkedWhiteouts
        )
    }

    private static func listing(
        _ directory: Directory,
        _ form: UpperForm,
        _ overlay: OverlayAttribute
    ) throws(SystemError) -> UpperListing {
        let names = try directory.list()
        return try UpperListing(names, of: directory, form, nil, holdsMarkedWhiteouts: overlay.holdsMarkedWhiteouts)
    }

    private func lowerEntry(_ name: [UInt8]) -> LowerStack.Entry? {
        guard let after else { return nil }
        if let lowerNames { return lowerNames[name] }
        lookupCount += 1
        return lookupCount > Self.lookupLimit ? allLowerNames()[name] : Self.entry(name, in: after, context.lowers)
    }

    private func allLowerNames() -> [[UInt8]: LowerStack.Entry] {
        if let lowerNames { return lowerNames }
        var names: [[UInt8]: LowerStack.Entry] = [:]
        if let after {
            var cursor = LowerCursor(context.lowers, in: after)
            while let (name, entry) = cursor.next() { names[name] = entry }
        }
        lowerNames = names
        return names
    }

    private static func entry(
        _ name: [UInt8],
        in directory: LowerStack.MergedDirectory,
        _ lowers: LowerStack
    ) -> LowerStack.Entry? {
        var cursor = LowerCursor(lowers, in: directory)
        return name.withUnsafeBufferPointer { cursor.seek($0) }
    }
}

extension UnionDirectory {
    func list() throws -> [[UInt8]] {
        var names = Set(allLowerNames().keys)
        if let directory = try upper() {
            for item in try Self.listing(directory, context.form, overlay).items {
                if item.isWhiteout { names.remove(item.name) } else { names.insert(item.name) }
            }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    func entry(_ name: [UInt8]) throws -> TreeEntry? {
        try state(find(name), name).map(TreeEntry.init)
    }

    func ownEntry() throws -> TreeEntry {
        if let parent {
            guard let entry = try parent.entry(Array(path.name)) else {
                throw TreeAccessError(.notFound, parent, Array(path.name))
            }
            return entry
        }
        if let opened {
            let item = UpperItem(name: [], status: try opened.status(), attributes: overlay, isWhiteout: false)
            let state = try context.reader.state(item, at: .root, origin: nil, after: nil) { opened }
            return TreeEntry(state)
        }
        let node = context.lowers.rootNode
        let attributes = FileAttributes(
            mode: node?.mode ?? 0o755,
            uid: node?.uid ?? 0,
            gid: node?.gid ?? 0,
            modificationTime: node?.modificationTime ?? Timestamp(seconds: 0)
        )
        return TreeEntry(kind: .directory, attributes: attributes)
    }

    func open(_ name: [UInt8]) throws -> any TreeDirectory { try openUnion(name) }

    /// Opens a directory in this one.
    func openUnion(_ name: [UInt8]) throws -> UnionDirectory {
        let found = try findPresent(name)
        guard kind(of: found) == .directory else { throw TreeAccessError(.notDirectory, self, name) }
        return try UnionDirectory(name, in: self, found)
    }

    func openFile(_ name: [UInt8]) throws -> File {
        guard let state = try state(find(name), name) else { throw TreeAccessError(.notFound, self, name) }
        guard state.kind == .regular else {
            throw TreeAccessError(state.kind == .directory ? .isDirectory : .notRegular, self, name)
        }
        switch state.content {
        case .lower(let reference):
            return try context.lowers.layers[reference.layer].openFile(context.lowers.node(reference))
        case .upper:
            guard let directory = try upper() else { throw TreeAccessError(.notFound, self, name) }
            return try directory.openFile(name)
        }
    }

    func readFile(_ name: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let found = try find(name)
        if found.item == nil, let lower = found.after, context.lowers.node(lower.node).kind == .regular {
            return try context.lowers.layers[lower.node.layer].readFile(context.lowers.node(lower.node), body)
        }
        let file = try openFile(name)
        try FileRangeSource(file: file, offset: 0, byteCount: try file.byteCount()).forEachChunk(body)
    }

    /// What kind of thing was found; nil when nothing is there.
    func kind(of found: Finding) -> EntryKind? {
        guard found.isThere else { return nil }
        if let item = found.item { return item.status.kind }
        return found.after.flatMap { context.lowers.node($0.node).kind }
    }

    private func state(_ found: Finding, _ name: [UInt8]) throws -> ChangedState? {
        guard found.isThere else { return nil }
        guard let item = found.item, let directory = try upper() else {
            guard let lower = found.after else { return nil }
            var state = ChangedState(lower.node, in: context.lowers)
            if !context.isShared(lower.node) { state.link = nil }
            return state
        }
        return try context.reader.state(
            item,
            at: path.appending(name),
            origin: found.after ?? found.before,
            after: found.after
        ) { directory }
    }
}
