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
    private(set) var lowers: [LowerLayer] = []

    static let settings = TreeSettings(
        umask: Host.fileModeMask(),
        uid: Host.effectiveUserID,
        gid: Host.effectiveGroupID,
        usesUserAttributes: Host.effectiveUserID != 0
    )

    /// Unpacks tars, the lowest layer first.
    init(_ tars: [[UInt8]], chunkByteCount: Int = 64 << 10) throws {
        scratch = try ScratchDirectory()
        let root = try Directory(path: scratch.path)
        var layers: [Directory] = []
        var statistics: [LayerStatistics] = []
        for (number, tar) in tars.enumerated() {
            try root.makeDirectory("\(number)", mode: 0o700)
            let layer = try root.open("\(number)")
            let unpacker = try LayerUnpacker(into: layer, settings: Self.settings)
            try unpacker.read(BytesSource(tar, chunkByteCount: chunkByteCount))
            if unpacker.needsLowerLayers { try unpacker.settle(over: lowers.reversed()) }
            try unpacker.finish()
            layers.append(layer)
            statistics.append(unpacker.statistics)
            lowers.append(try Self.open(layer))
        }
        self.layers = layers
        self.statistics = statistics
    }

    /// Opens a finished layer.
    static func open(_ layer: Directory) throws -> LowerLayer {
        let index = try LayerIndex(MappedFile(layer.openFile("index")))
        return LowerLayer(index: index, tree: try layer.open("tree"))
    }

    /// The tar of a layer, made again.
    func recreate(_ number: Int) throws -> [UInt8] {
        let source = try TarRecreation(lowers[number].index, layer: layers[number])
        var bytes: [UInt8] = []
        while true {
            let chunk = try source.nextChunk()
            if chunk.isEmpty { return bytes }
            bytes.append(contentsOf: chunk)
        }
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
        var looks: [LayerPath: Look] = [:]
        var inodes: [LayerPath: FileIdentity] = [:]
        let start = statistics.lastIndex { $0.isRootOpaque } ?? 0
        let trees = try layers[start...].reversed().map { try $0.open("tree") }
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

    /// The tree that the definition gives.
    static func looks(of merge: TreeMerge) -> [LayerPath: Look] {
        var looks: [LayerPath: Look] = [:]
        for (path, node) in merge.nodes {
            looks[path] = Look(
                kind: node.kind,
                mode: node.kind == .symbolicLink ? 0 : node.attributes.mode,
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
