import LayerArchive
import LayerModel
package import LayerSystem

/// Reads the files of a layer and holds them against the index.
package struct ContentCheck {
    private let index: LayerIndex
    private let layer: Directory
    private let script: TarScript

    /// Prepares to read.
    ///
    /// - Parameters:
    ///   - index: The layer's index.
    ///   - layer: The layer's directory, with `tree/` in it.
    /// - Throws: `TreeError.damagedIndex`.
    package init(_ index: LayerIndex, layer: Directory) throws {
        self.index = index
        self.layer = layer
        script = try index.script()
    }

    /// Reads all files of the tree, for a layer whose tar has another digest.
    ///
    /// - Returns: The files whose content is not what it was, `LayerCheck.faultLimit` at most.
    /// - Throws: `SystemError` when there is no tree.
    package func damagedFiles() throws -> [LayerFault] { try damagedFiles { _ in true } }

    /// Reads the files of which the tar does not have every byte: holes, and copies of files of a lower layer.
    ///
    /// All others are as they were when the tar that is made of them is.
    ///
    /// - Returns: The files whose content is not what it was.
    /// - Throws: `SystemError` when there is no tree, `TreeError.damagedIndex`.
    package func damagedFilesBesideTar() throws -> [LayerFault] {
        var covered: [Int: Int64] = [:]
        try script.forEachPiece { piece in
            guard case .node(let ordinal) = piece.holder else { return }
            covered[ordinal, default: 0] += piece.byteCount
        }
        return try damagedFiles { covered[$0.ordinal] ?? 0 < $0.byteCount }
    }

    /// The files beside the tree, of which only the tar says what they hold.
    ///
    /// - Returns: The numbers, and how long each is at least.
    /// - Throws: `TreeError.damagedIndex`.
    package func shadowLengths() throws -> [Int: Int64] {
        var lengths: [Int: Int64] = [:]
        try script.forEachPiece { piece in
            guard case .shadow(let number) = piece.holder else { return }
            lengths[number] = max(lengths[number] ?? 0, piece.fileOffset + piece.byteCount)
        }
        return lengths
    }

    /// Looks whether the files beside the tree are there, and no others.
    ///
    /// - Returns: What is not as it was; content is not read.
    /// - Throws: `TreeError.damagedIndex`, `SystemError`.
    package func shadowFaults() throws -> [LayerFault] {
        let lengths = try shadowLengths()
        let status = try layer.statusIfPresent(ShadowDirectory.name)
        if lengths.isEmpty, status == nil { return [] }
        guard let status, status.kind == .directory else {
            return lengths.keys.sorted().map { LayerFault(shadow: $0, .missing) }
        }
        let directory = try layer.open(ShadowDirectory.name)
        var faults: [LayerFault] = []
        // What no byte of the tar refers to, an empty file, may lie there as well.
        for (number, length) in lengths.sorted(by: { $0.key < $1.key }) {
            guard let status = try directory.statusIfPresent(String(number)) else {
                faults.append(LayerFault(shadow: number, .missing))
                continue
            }
            if status.kind != .regular {
                faults.append(LayerFault(shadow: number, .kind))
            } else if status.byteCount < length {
                faults.append(LayerFault(shadow: number, .size))
            }
        }
        return faults
    }

    /// The names beside the tree that stand for no file of the tar.
    ///
    /// - Returns: The names.
    /// - Throws: `SystemError`.
    package func strangersAmongShadows() throws -> [[UInt8]] {
        guard try layer.statusIfPresent(ShadowDirectory.name)?.kind == .directory else { return [] }
        return try layer.open(ShadowDirectory.name).list().filter { name in
            let digits = name.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            return !digits || Int(String(decoding: name, as: UTF8.self)) == nil
        }
    }

    /// The files beside the tree as suspects: of a tar with another digest although no file of the tree has changed.
    ///
    /// - Returns: A fault of content for each.
    /// - Throws: `TreeError.damagedIndex`.
    package func suspectShadows() throws -> [LayerFault] {
        try shadowLengths().keys.sorted().map { LayerFault(shadow: $0, .content) }
    }

    private func damagedFiles(where isMeant: (IndexNode) -> Bool) throws -> [LayerFault] {
        let tree = try layer.open(LayerUnpacker.treeName)
        var faults: [LayerFault] = []
        for node in index.nodes where node.kind == .regular && node.primary == node.ordinal && isMeant(node) {
            guard faults.count < LayerCheck.faultLimit else { break }
            let path = index.path(of: node)
            do {
                if try index.isDamaged(node, in: tree) { faults.append(LayerFault(path, .content)) }
            } catch let error as SystemError where error.isExhausted {
                throw error
            } catch {
                faults.append(LayerFault(path, unreadable: error))
            }
        }
        return faults
    }
}
