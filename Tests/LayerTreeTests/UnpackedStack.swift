import LayerArchive
import LayerModel
import LayerSystem
import LayerTestKit

@testable import LayerTree

/// A stack of layers unpacked into a scratch directory, as the store does it.
struct UnpackedStack {
    let scratch: ScratchDirectory
    let layers: [Directory]
    let statistics: [LayerStatistics]
    let notes: [LayerNotes]
    private(set) var lowers: [LowerLayer] = []

    static let settings = TreeSettings(
        umask: Host.fileModeMask(),
        uid: Host.effectiveUserID,
        gid: Host.effectiveGroupID,
        usesUserAttributes: Host.effectiveUserID != 0
    )

    /// Unpacks tars, the lowest layer first.
    init(_ tars: [[UInt8]], settings: TreeSettings = settings, sharesWork: (() -> Bool)? = nil) throws {
        try self.init(tars.map { tar in { BytesSource(tar) } }, settings: settings, sharesWork: sharesWork)
    }

    /// Unpacks what sources give.
    init(
        _ tars: [() throws -> any ByteSource],
        settings: TreeSettings = settings,
        sharesWork: (() -> Bool)? = nil
    ) throws {
        scratch = try ScratchDirectory()
        let root = try Directory(path: scratch.path)
        var layers: [Directory] = []
        var statistics: [LayerStatistics] = []
        var notes: [LayerNotes] = []
        for (number, tar) in tars.enumerated() {
            try root.makeDirectory("\(number)", mode: 0o700)
            let layer = try root.open("\(number)")
            let unpacker = try LayerUnpacker(into: layer, settings: settings, sharesWork: sharesWork)
            try unpacker.read(try tar())
            if unpacker.needsLowerLayers { try unpacker.settle(over: lowers.reversed()) }
            try unpacker.finish()
            layers.append(layer)
            statistics.append(unpacker.statistics)
            notes.append(unpacker.notes)
            lowers.append(try Self.open(layer))
        }
        self.layers = layers
        self.statistics = statistics
        self.notes = notes
    }

    /// Opens a finished layer.
    static func open(_ layer: Directory) throws -> LowerLayer {
        let index = try LayerIndex(MappedFile(layer.openFile("index")))
        return LowerLayer(index: index, tree: try layer.open("tree"))
    }

    /// The tar of a layer, made again.
    func recreate(_ number: Int) throws -> [UInt8] {
        try Self.bytes(of: TarRecreation(lowers[number].index, layer: layers[number]))
    }

    /// All that a source gives.
    static func bytes(of source: any ByteSource) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let chunk = try source.nextChunk()
            if chunk.isEmpty { return bytes }
            bytes.append(contentsOf: chunk)
        }
    }
}

extension UnpackedStack {
    /// Compares a layer's index with its tree on disk.
    ///
    /// - Returns: A line for each name that they do not agree on.
    func indexDifferences(_ number: Int) throws -> [String] {
        let (index, tree) = (lowers[number].index, lowers[number].tree)
        var differences: [String] = []
        var identities: [Int: FileIdentity] = [:]
        for node in index.nodes.dropFirst() {
            let path = index.path(of: node)
            let directory = try path.parent.map { $0.isRoot ? tree : try tree.openInRoot($0) } ?? tree
            guard let status = try directory.statusIfPresent(Array(path.name)) else {
                differences.append("\(path): only in the index")
                continue
            }
            if node.isWhiteout || status.isWhiteout {
                // Devices that an ordinary user may not make are whiteouts on disk.
                let isDevice = node.kind == .characterDevice || node.kind == .blockDevice
                if node.isWhiteout != status.isWhiteout, !isDevice || Host.effectiveUserID == 0 {
                    differences.append("\(path): whiteout")
                }
                continue
            }
            let target = status.kind == .symbolicLink ? try directory.readLink(Array(path.name)) : []
            let isSame =
                node.kind == status.kind
                && (node.kind == .symbolicLink || Self.modeOnDisk(node.mode, status.kind) == status.mode)
                && (Host.effectiveUserID != 0 || node.uid == status.uid && node.gid == status.gid)
                && node.modificationTime == status.modificationTime
                && (node.kind != .regular || node.byteCount == status.byteCount)
                && Array(index.target(of: node)) == target
                && identities[node.primary, default: status.identity] == status.identity
            identities[node.primary] = status.identity
            if !isSame { differences.append("\(path): \(node) \(status)") }
            if node.kind == .regular, node.byteCount > 0 {
                let content = try directory.openFile(Array(path.name)).readAll(byteLimit: 1 << 26)
                let digest = content.withUnsafeBytes { ContentHasher.digest(of: $0) }
                if index.contentDigest(of: node) != digest { differences.append("\(path): content") }
            }
        }
        let count = try Self.count(tree)
        if count != index.nodes.count - 1 { differences.append("\(count) names on disk") }
        return differences
    }

    private static func count(_ directory: Directory) throws -> Int {
        var count = 0
        for name in try directory.list() {
            count += 1
            if try directory.status(name).kind == .directory { count += try Self.count(directory.open(name)) }
        }
        return count
    }
}

/// What one name of a merged tree looks like, for comparing.
struct Look: Hashable, CustomStringConvertible {
    var kind: EntryKind
    var mode: UInt16
    var owner: [UInt32]
    var time: Timestamp
    var content: [UInt8]
    var target: [UInt8]
    /// The first path, in order, of those that share the inode.
    var firstName: LayerPath

    var description: String {
        "\(kind) \(String(mode, radix: 8)) \(owner) \(time.seconds).\(time.nanoseconds) \(content) \(target) \(firstName)"
    }
}

extension UnpackedStack {
    /// The merged tree as overlayfs shows the trees on disk, read without it.
    func merged() throws -> [LayerPath: Look] {
        let start = statistics.lastIndex { $0.isRootOpaque } ?? 0
        return try looks(over: layers[start...].reversed().map { try $0.open("tree") })
    }

    /// The merged tree over directories in overlay form, the topmost first.
    func looks(over trees: [Directory]) throws -> [LayerPath: Look] {
        var looks: [LayerPath: Look] = [:]
        var inodes: [LayerPath: FileIdentity] = [:]
        try merge(trees, .root, &looks, &inodes)
        return Self.namedByFirst(looks, inodes)
    }

    static func namedByFirst<ID: Hashable>(_ looks: [LayerPath: Look], _ inodes: [LayerPath: ID]) -> [LayerPath: Look] {
        var first: [ID: LayerPath] = [:]
        var looks = looks
        for path in looks.keys.sorted() {
            guard let inode = inodes[path] else { continue }
            let name = first[inode] ?? path
            first[inode] = name
            looks[path]?.firstName = name
        }
        return looks
    }

    private func merge(
        _ directories: [Directory],
        _ path: LayerPath,
        _ looks: inout [LayerPath: Look],
        _ inodes: inout [LayerPath: FileIdentity]
    ) throws {
        var seen: Set<[UInt8]> = []
        for (depth, directory) in directories.enumerated() {
            for name in try directory.list() where seen.insert(name).inserted {
                let status = try directory.status(name)
                if status.isWhiteout { continue }
                let child = path.appending(name)
                inodes[child] = status.identity
                looks[child] = try look(directory, name, status)
                guard status.kind == .directory else { continue }
                var below: [Directory] = []
                for lower in directories[depth...] {
                    guard let found = try lower.statusIfPresent(name) else { continue }
                    guard found.kind == .directory else { break }
                    let opened = try lower.open(name)
                    below.append(opened)
                    let opaque = Host.effectiveUserID == 0 ? "trusted.overlay.opaque" : "user.overlay.opaque"
                    if try opened.extendedAttribute(opaque) != nil { break }
                }
                try merge(below, child, &looks, &inodes)
            }
        }
    }

    private func look(_ directory: Directory, _ name: [UInt8], _ status: FileStatus) throws -> Look {
        var content: [UInt8] = []
        if status.kind == .regular {
            let file = try directory.openFile(name)
            let source = FileRangeSource(file: file, offset: 0, byteCount: status.byteCount)
            while true {
                let chunk = try source.nextChunk()
                if chunk.isEmpty { break }
                content.append(contentsOf: chunk)
            }
        }
        return Look(
            kind: status.kind,
            mode: status.kind == .symbolicLink ? 0 : status.mode,
            owner: Host.effectiveUserID == 0 ? [status.uid, status.gid] : [],
            time: status.modificationTime,
            content: content,
            target: status.kind == .symbolicLink ? try directory.readLink(name) : [],
            firstName: .root
        )
    }

    /// The mode that a file has on disk: an ordinary user can open all of the own store.
    static func modeOnDisk(_ mode: UInt16, _ kind: EntryKind) -> UInt16 {
        Host.effectiveUserID == 0 ? mode : mode | (kind == .directory ? 0o500 : 0o400)
    }

    /// The tree that the definition gives.
    static func looks(of merge: TreeMerge) -> [LayerPath: Look] {
        var looks: [LayerPath: Look] = [:]
        for (path, node) in merge.nodes {
            looks[path] = Look(
                kind: node.kind,
                mode: node.kind == .symbolicLink ? 0 : modeOnDisk(node.attributes.mode, node.kind),
                owner: Host.effectiveUserID == 0 ? [node.attributes.uid, node.attributes.gid] : [],
                time: node.attributes.modificationTime,
                content: node.kind == .regular ? node.content : [],
                target: node.target,
                firstName: .root
            )
        }
        return namedByFirst(looks, merge.nodes.mapValues(\.inode))
    }
}
