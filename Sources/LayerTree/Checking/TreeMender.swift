package import LayerArchive
package import LayerModel
package import LayerSystem

/// Puts a damaged layer right, name by name, while others may read it or have it mounted.
///
/// ```
/// prepare    what is to be made anew is made in staging: content from another whole name of the file, or from lower layers
/// splitter   what is left takes its content from the layer's tar, which the caller verifies to its end
/// take       … and is held against the index
/// apply      attributes, synchronised, then renamed over the names, directories first; synchronised again
/// ```
///
/// No file of the layer is written in place, and its directory stays the same one. What went out of the way goes with the staging directory.
package struct TreeMender {
    private let place: MendedPlace
    private let staging: Directory
    private var plan: MendingPlan
    /// The files that still want content.
    private var empty: [TarScript.Holder: File] = [:]
    /// The directories in which names were changed, and what else is to get its attributes.
    private var touched: Set<Int> = []

    /// Prepares to mend.
    ///
    /// - Parameters:
    ///   - place: The layer.
    ///   - faults: What is not as it was.
    ///   - staging: An empty directory of the same file system, which the caller removes.
    package init(_ place: MendedPlace, _ faults: [LayerFault], staging: Directory) {
        self.place = place
        self.staging = staging
        plan = MendingPlan(faults, place.index)
    }

    /// Whether files want content that only the layer's tar has.
    package var wantsTar: Bool { !empty.isEmpty }

    /// Makes what is to be made anew, as far as what is there allows.
    ///
    /// - Parameter lower: Finds a file of a layer below by its content.
    /// - Throws: `SystemError`.
    package mutating func prepare(_ lower: (ContentDigest, Int64) throws -> File?) throws {
        var inTar: Set<Int> = []
        try place.index.script().forEachPiece { piece in
            if case .node(let ordinal) = piece.holder { inTar.insert(ordinal) }
        }
        try plan.suspect { [place] in try !place.index.isWhole($0, in: place.tree) }
        for (primary, names) in plan.files.sorted(by: { $0.key < $1.key }) {
            let node = place.index.nodes[primary]
            guard node.kind == .regular else {
                try makeSpecial(node)
                continue
            }
            let file = try staging.createFile(Self.name(of: primary))
            if try node.byteCount == 0 || copy(names, to: file) { continue }
            if inTar.contains(primary) {
                empty[.node(primary)] = file
            } else if let digest = place.index.contentDigest(of: node), let source = try lower(digest, node.byteCount) {
                try file.copyContent(of: source)
                if try !isWhole(file, node) { plan.drop(file: primary) }
            } else {
                plan.drop(file: primary)
            }
        }
        for number in plan.shadows.sorted() {
            empty[.shadow(number)] = try staging.createFile(Self.name(ofShadow: number))
        }
    }

    /// What takes the content out of the layer's tar.
    ///
    /// - Returns: A splitter that wants the tar from its beginning.
    /// - Throws: `TreeError.damagedIndex`, `SystemError`.
    package func splitter() throws -> TarSplitter {
        for file in empty.values { try file.setByteCount(0) }
        return try TarSplitter(place.index, empty)
    }

    /// Holds what came from a verified tar against the index.
    ///
    /// - Throws: `SystemError`.
    package mutating func takeContents() throws {
        for (holder, file) in empty {
            guard case .node(let primary) = holder else { continue }
            let node = place.index.nodes[primary]
            // Behind the last byte in the tar there may be a hole.
            try file.setByteCount(node.byteCount)
            if try !isWhole(file, node) { plan.drop(file: primary) }
        }
        empty = [:]
    }

    /// Leaves the files that want content as they are.
    package mutating func giveUpContents() {
        for holder in empty.keys {
            switch holder {
            case .node(let primary): plan.drop(file: primary)
            case .shadow(let number): plan.drop(shadow: number)
            }
        }
        empty = [:]
    }

    /// Puts everything in its place; when this returns it is on the disk.
    ///
    /// - Returns: The paths that were put right.
    /// - Throws: `SystemError`.
    package mutating func apply() throws -> [LayerPath] {
        guard !plan.isEmpty else { return [] }
        for (primary, names) in plan.files {
            let name = Self.name(of: primary)
            try place.setAttributes(of: Array(name.utf8), in: staging, place.index.nodes[primary])
            for further in names.dropFirst() { try staging.makeHardLink(Self.name(of: further), to: staging, name) }
        }
        try staging.synchronizeFileSystem()
        for path in plan.unexpected { try discard(path) }
        for ordinal in plan.directories.sorted() where ordinal > 0 { try makeDirectory(ordinal) }
        for (primary, names) in plan.files.sorted(by: { $0.key < $1.key }) {
            for (place, name) in names.enumerated() { try install(Self.name(of: place == 0 ? primary : name), name) }
        }
        try installShadows()
        for ordinal in touched.union(plan.attributes).sorted(by: >) { try setAttributes(ordinal) }
        try place.layer.synchronizeFileSystem()
        return mended
    }

    private var mended: [LayerPath] {
        let ordinals = plan.directories.union(plan.attributes).union(plan.files.values.joined())
        let paths = ordinals.map { place.index.path(of: place.index.nodes[$0]) } + plan.unexpected
        return paths.sorted() + plan.shadows.sorted().map(ShadowDirectory.path)
    }

    private static func name(of ordinal: Int) -> String { "file-\(ordinal)" }
    private static func name(ofShadow number: Int) -> String { "shadow-\(number)" }

    private func isWhole(_ file: File, _ node: IndexNode) throws -> Bool {
        guard try file.byteCount() == node.byteCount else { return false }
        guard node.byteCount > 0, let digest = place.index.contentDigest(of: node) else { return true }
        return try LayerIndex.digest(of: file, node.byteCount) == digest
    }

    /// Copies the content of a name that has it.
    private func copy(_ names: [Int], to file: File) throws -> Bool {
        for name in names {
            let node = place.index.nodes[name]
            // reason: what cannot be opened has no content to give
            let path = place.index.path(of: node).bytes
            // reason: what cannot be opened has no content to give
            guard let source = try? place.tree.openFileInRoot(path), try isWhole(source, node) else { continue }
            try file.copyContent(of: source)
            return true
        }
        return false
    }

    private func makeSpecial(_ node: IndexNode) throws(SystemError) {
        let name = Self.name(of: node.ordinal)
        switch node.kind {
        case nil: try staging.makeWhiteout(name)
        case .symbolicLink: try staging.makeSymbolicLink(name, target: Array(place.index.target(of: node)))
        case .some(let kind): try staging.makeNode(name, kind: kind, device: node.device)
        }
    }
}

extension TreeMender {
    private mutating func makeDirectory(_ ordinal: Int) throws(SystemError) {
        let name = Self.name(of: ordinal)
        try staging.makeDirectory(name, mode: 0o700)
        try install(name, ordinal)
        touched.insert(ordinal)
    }

    /// Moves what was made to its name in the tree, and what stands there out of the way.
    private mutating func install(_ staged: String, _ ordinal: Int) throws(SystemError) {
        let node = place.index.nodes[ordinal]
        let name = Array(place.index.name(of: node))
        let parent = try writable(node.parent)
        guard let there = try parent.statusIfPresent(name) else {
            return try staging.rename(staged, to: parent, as: name, replacing: false)
        }
        if there.kind != .directory, node.kind != .directory {
            return try staging.rename(staged, to: parent, as: name, replacing: true)
        }
        try permitMove(name, in: parent, there)
        try staging.exchange(staged, with: parent, name)
    }

    private mutating func discard(_ path: LayerPath) throws(SystemError) {
        guard let directory = path.parent.flatMap({ place.index.node(at: $0) }) else { return }
        let parent = try writable(directory.ordinal)
        let name = Array(path.name)
        guard let there = try parent.statusIfPresent(name) else { return }
        try permitMove(name, in: parent, there)
        try parent.rename(name, to: staging, as: try TemporaryName.make(prefix: "stray-"), replacing: false)
    }

    /// To be moved, a directory must be writable.
    private func permitMove(_ name: [UInt8], in parent: Directory, _ status: FileStatus) throws(SystemError) {
        if status.kind == .directory, status.mode & 0o700 != 0o700 { try parent.setMode(name, 0o700) }
    }

    private mutating func installShadows() throws(SystemError) {
        guard !plan.shadows.isEmpty else { return }
        let name = ShadowDirectory.name
        if let there = try place.layer.statusIfPresent(name), there.kind != .directory {
            try place.layer.rename(name, to: staging, as: try TemporaryName.make(prefix: "stray-"), replacing: false)
        }
        let directory = try place.layer.openOrMakeDirectory(name)
        for number in plan.shadows.sorted() {
            let file = String(number)
            if let there = try directory.statusIfPresent(file), there.kind == .directory {
                try directory.rename(
                    file,
                    to: staging,
                    as: try TemporaryName.make(prefix: "stray-"),
                    replacing: false
                )
            }
            try staging.rename(Self.name(ofShadow: number), to: directory, as: file, replacing: true)
        }
    }

    /// Opens a directory in which a name is to change; it gets its attributes back at the end.
    private mutating func writable(_ ordinal: Int) throws(SystemError) -> Directory {
        let directory = try place.directory(ordinal)
        touched.insert(ordinal)
        if !place.manner.isExact, try directory.status().mode & 0o300 != 0o300 { try directory.setMode(0o700) }
        return directory
    }

    private func setAttributes(_ ordinal: Int) throws(SystemError) {
        let node = place.index.nodes[ordinal]
        guard ordinal > 0 else {
            return try place.setAttributes(of: LayerUnpacker.treeName, in: place.layer, node)
        }
        try place.setAttributes(of: Array(place.index.name(of: node)), in: place.directory(node.parent), node)
    }
}
