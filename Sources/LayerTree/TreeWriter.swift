import LayerArchive
import LayerModel
import LayerSystem

/// Writes a layer's tree in overlay form while the ledger says what each entry means.
///
/// Every name is made in a directory that the ledger made, by descriptor, and never where something stands: nothing in an archive can
/// lead out of the tree. Order on one file: content, owner, extended attributes, mode, times (contract L-24). Directories get theirs
/// at the end, the deepest first, when nothing is made in them any more (L-25).
struct TreeWriter: ~Copyable {
    private let shadows: ShadowDirectory
    let settings: TreeSettings
    var cache: DirectoryCache
    private var content = ContentFiller()
    /// Fills small files while others are made; nil when each is filled before the next is made.
    private var filler: FileFiller?
    /// The digests of the files' content; inodes refer to their place.
    private(set) var digests = SegmentedTable<ContentDigest>()
    /// What gives files their content where that need not be written; nil for a layer that comes from elsewhere.
    private let donor: ContentDonor?
    /// What the disk could not hold.
    var notes = LayerNotes()
    /// The directories that whiteouts were made in.
    private(set) var whiteoutParents: Set<NodeID> = []
    /// The modes that directories have on the disk since they were made.
    private(set) var directoryModes: [NodeID: UInt16] = [:]

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - tree: The empty directory that becomes the tree; open as long as this lives.
    ///   - shadows: Where files go that no name is left of.
    ///   - settings: What process and store are like.
    ///   - donor: What gives files their content where that need not be written.
    ///   - sharesWork: Whether a second thread is to fill a file; nil for none.
    init(
        tree: DirectoryDescriptor,
        shadows: ShadowDirectory,
        settings: TreeSettings,
        donor: ContentDonor?,
        sharesWork: (() -> Bool)?
    ) {
        self.cache = DirectoryCache(root: tree)
        self.shadows = shadows
        self.settings = settings
        self.donor = donor
        filler = sharesWork.map(FileFiller.init)
    }

    /// Does what the ledger's last call wants done.
    mutating func perform(_ ledger: borrowing LayerLedger) throws {
        for index in 0..<ledger.steps.count {
            switch ledger.steps[index] {
            // Later entries may have taken it away already: nothing else is to be asked about it.
            case .makeDirectory(let node): try makeDirectory(node, mode: 0, ledger)
            case .unlink(let node):
                try named(node, ledger) { directory, name throws(SystemError) in try directory.unlink(name) }
            case .removeDirectory(let node):
                cache.forget(node)
                try named(node, ledger) { directory, name throws(SystemError) in try directory.removeDirectory(name) }
            case .shadow(let node, let inode):
                let shadows = shadows
                try named(node, ledger) { directory, name in
                    try shadows.take(name, of: directory, as: inode)
                    try directory.unlink(name)
                }
            case .makeWhiteout(let node):
                try named(node, ledger) { directory, name throws(SystemError) in
                    try directory.makeWhiteout(name)
                }
                whiteoutParents.insert(ledger.nodes[node].parent)
            }
        }
    }

    /// Makes a directory that its owner may write in; what its mode lacks comes at the end.
    ///
    /// - Parameters:
    ///   - node: Its name.
    ///   - mode: Its mode, as far as it is known yet: nobody else reaches it before the layer is published.
    ///   - ledger: Knows the names.
    /// - Throws: `SystemError`.
    mutating func makeDirectory(_ node: NodeID, mode: UInt16, _ ledger: borrowing LayerLedger) throws {
        let mode = mode & 0o777 | 0o700
        try named(node, ledger) { directory, name throws(SystemError) in
            try directory.makeDirectory(name, mode: mode)
        }
        directoryModes[node] = mode & ~settings.umask
    }

    /// Gives an inode a further name.
    mutating func link(_ node: NodeID, to other: NodeID, _ ledger: borrowing LayerLedger) throws(SystemError) {
        // Both directories may not be in the cache at once by chance alone: the second look-up could close the first.
        let source = try cache.directory(ledger.nodes[other].parent, in: ledger)
        let directory = try cache.directory(ledger.nodes[node].parent, in: ledger)
        try ledger.withName(of: node) { name throws(SystemError) in
            try ledger.withName(of: other) { oldName throws(SystemError) in
                try directory.makeHardLink(name, to: source, oldName)
            }
        }
    }

    /// Makes a symbolic link, a FIFO or a device node with its attributes.
    mutating func makeSpecial(_ node: NodeID, _ ledger: borrowing LayerLedger) throws {
        let inode = ledger.inode(at: node)
        var isThere = true
        try named(node, ledger) { directory, name throws(SystemError) in
            switch inode.kind {
            case .symbolicLink:
                try ledger.withTarget(of: inode) { target throws(SystemError) in
                    try directory.makeSymbolicLink(name, target: target)
                }
            case .characterDevice, .blockDevice:
                do throws(SystemError) {
                    try directory.makeNode(name, kind: inode.kind, mode: inode.mode, device: inode.device)
                } catch  where error.isNotPermitted {
                    // A lower file of that name must not show instead: the whiteout hides it, the index has the device.
                    try directory.makeWhiteout(name)
                    isThere = false
                }
            default: try directory.makeNode(name, kind: inode.kind, mode: inode.mode, device: inode.device)
            }
        }
        if isThere {
            try setAttributes(of: node, ledger)
        } else {
            notes.deviceCount += 1
            whiteoutParents.insert(ledger.nodes[node].parent)
        }
    }

    /// Makes a regular file with its attributes and its content.
    ///
    /// - Parameters:
    ///   - node: Its name.
    ///   - inode: What it is.
    ///   - attributes: Its owner, its time and the like.
    ///   - ledger: Knows the names.
    ///   - body: Hands out the content: chunks, each with its offset in the file.
    /// - Returns: The place of the content's digest, or -1 for an empty file.
    /// - Throws: What writing or the body met.
    mutating func makeFile(
        _ node: NodeID,
        _ inode: LedgerInode,
        _ attributes: InodeAttributes,
        _ ledger: borrowing LayerLedger,
        body: ((UnsafeRawBufferPointer, Int64) throws -> Void) throws -> Void
    ) throws -> Int32 {
        let donor = donor?.mayGive(byteCount: inode.byteCount) == true ? donor : nil
        let path = donor == nil ? .root : ledger.path(of: node)
        let (file, isLinked) = try named(node, ledger) { directory, name throws(SystemError) in
            if let file = donor?.link(path, to: directory, name) { return (file, true) }
            return (try directory.createFile(name, mode: inode.mode & 0o777 | 0o600), false)
        }
        do {
            let isGiven = isLinked || donor?.share(path, with: file) == true
            if !isGiven, let filler, filler.takes(inode, attributes) {
                return try pass(file, to: filler, inode, attributes, body)
            }
            let digest = try fill(file, inode, isGiven: isGiven, body)
            try setAttributes(of: file, inode, attributes, ledger)
            if isLinked { try settle(file, inode) }
            try file.close()
            return digest
        } catch {
            try? file.close()  // reason: the first error is the one to report
            throw error
        }
    }

    /// Lets the second thread fill a file; its digest comes later.
    private mutating func pass(
        _ file: FileDescriptor,
        to filler: FileFiller,
        _ inode: LedgerInode,
        _ attributes: InodeAttributes,
        _ body: ((UnsafeRawBufferPointer, Int64) throws -> Void) throws -> Void
    ) throws -> Int32 {
        let place = inode.byteCount > 0 ? Int32(digests.count) : -1
        let metadata = metadata(inode, attributes)
        try filler.batch.add(file, byteCount: inode.byteCount, metadata, digestPlace: place, body: body)
        if place >= 0 { digests.append(ContentDigest(high: 0, low: 0)) }
        return place
    }

    /// Sees that files are filled which wait for it, if they are enough.
    ///
    /// - Throws: `SystemError` that a file met, also an earlier one.
    mutating func fillFiles() throws(SystemError) {
        if let outcome = try filler?.passOn() { note(outcome) }
    }

    /// Fills all files that wait for it; later ones are filled at once.
    ///
    /// - Throws: `SystemError` that a file met.
    mutating func finishFiles() throws(SystemError) {
        for outcome in try filler?.finish() ?? [] { note(outcome) }
        filler = nil
    }

    private mutating func note(_ outcome: FileFiller.Outcome) {
        for (place, digest) in outcome.digests { digests[Int(place)] = digest }
        notes.ownerCount += outcome.refusedOwnerCount
    }

    /// Gives a file that is an old one what a new one has from the start.
    private func settle(_ file: FileDescriptor, _ inode: LedgerInode) throws(SystemError) {
        if !settings.keepsOwners { try file.setOwner(uid: settings.uid, gid: settings.gid) }
        try file.setMode(modeOnDisk(inode))
    }

    private mutating func fill(
        _ file: FileDescriptor,
        _ inode: LedgerInode,
        isGiven: Bool,
        _ body: ((UnsafeRawBufferPointer, Int64) throws -> Void) throws -> Void
    ) throws -> Int32 {
        guard inode.byteCount > 0 else {
            try body { _, _ in }
            return -1
        }
        let target = isGiven ? nil : file
        content.begin()
        try body { chunk, offset in try content.take(chunk, at: offset, for: target) }
        digests.append(try content.finish(byteCount: inode.byteCount, of: target))
        return Int32(digests.count - 1)
    }

    /// Calls with the open directory of a node and the node's name in it.
    mutating func named<R, E: Error>(
        _ node: NodeID,
        _ ledger: borrowing LayerLedger,
        _ body: (DirectoryDescriptor, UnsafePointer<CChar>) throws(E) -> R
    ) throws -> R {
        let directory = try cache.directory(ledger.nodes[node].parent, in: ledger)
        return try ledger.withName(of: node) { name throws(E) in try body(directory, name) }
    }
}
