import LayerModel
import LayerSystem

/// Makes files of a checkout, those of one directory after another.
///
/// Used by one thread at a time.
struct CheckoutWorker: ~Copyable {
    private let tree: [TreeChange]
    private let parents: [Int32]
    private let root: Directory
    private var sources: CheckoutSources
    private let copier: ContentCopier
    private var setter: AttributeSetter
    private var open: (place: Int32, directory: Directory)?
    /// The numbers of the files that were made, with their places in the tree.
    private(set) var made: [(place: Int, inode: UInt64)] = []

    /// What the disk could not hold.
    var losses: CheckoutLosses { setter.losses }

    /// Prepares to make files.
    ///
    /// - Parameters:
    ///   - plan: What is made.
    ///   - root: The root of the checkout.
    ///   - sources: Where content comes from.
    ///   - cloning: What is known of sharing blocks.
    ///   - settings: What the process is like.
    init(
        _ plan: CheckoutPlan,
        in root: Directory,
        _ sources: CheckoutSources,
        _ cloning: CloneSupport,
        _ settings: TreeSettings
    ) {
        tree = plan.tree
        parents = plan.parents
        self.root = root
        self.sources = sources
        copier = ContentCopier(cloning)
        setter = AttributeSetter(settings)
    }

    /// Makes a file of any kind but a directory.
    ///
    /// - Parameter place: Its place in the tree.
    /// - Throws: `SystemError` that names the file; `TreeError.damagedFile` when the store's file is not as long as it should be.
    mutating func makeFile(_ place: Int) throws {
        let change = tree[place]
        do throws(SystemError) {
            let directory = try directory(parents[place]).descriptor
            let inode = try make(change, in: directory)
            made.append((place, inode))
        } catch {
            if error.code == SystemError.endsEarlyCode {
                throw TreeError.damagedFile(change.path, reason: "it is shorter than its layer says")
            }
            throw SystemError(call: error.call, subject: EscapedText.name(change.path.bytes), code: error.code)
        }
    }

    private mutating func make(_ change: TreeChange, in directory: DirectoryDescriptor) throws(SystemError) -> UInt64 {
        guard change.entryKind == .regular else { return try makeSpecial(change, in: directory) }
        let mode = setter.modeForCreation(change.attributes.mode)
        let file = try CName.lend(change.path.name) { name throws(SystemError) in
            try directory.createFile(name, mode: mode)
        }
        do throws(SystemError) {
            if change.byteCount > 0 { try copy(change, to: file) }
            try setter.set(change.attributes, of: file)
            let status = try file.status()
            guard status.byteCount == change.byteCount else {
                throw SystemError(call: "read", subject: "", code: SystemError.endsEarlyCode)
            }
            try file.close()
            return status.identity.inode
        } catch {
            try? file.close()  // reason: the first error is the one to report
            throw error
        }
    }

    private mutating func copy(_ change: TreeChange, to file: FileDescriptor) throws(SystemError) {
        let source = try sources.open(change)
        defer { try? source.close() }  // reason: only read from
        try copier.copy(from: source, to: file, byteCount: change.byteCount)
    }

    /// Makes a link, a FIFO, a socket or a device; a device of a layer that the user may not make is left out.
    private mutating func makeSpecial(
        _ change: TreeChange,
        in directory: DirectoryDescriptor
    ) throws(SystemError) -> UInt64 {
        var setter = setter
        defer { self.setter = setter }
        return try CName.lend(change.path.name) { name throws(SystemError) in
            do throws(SystemError) {
                if change.entryKind == .symbolicLink {
                    try CName.lend(change.target[...]) { target throws(SystemError) in
                        try directory.makeSymbolicLink(name, target: target)
                    }
                } else {
                    try directory.makeNode(name, kind: change.entryKind, mode: 0o600, device: change.device)
                }
            } catch {
                // What the container itself has must not be lost for want of a right.
                guard error.isNotPermitted, case .lower = change.content else { throw error }
                return CheckoutRecord.notMade
            }
            try setter.set(change.attributes, of: name, change.entryKind, in: directory)
            return try directory.status(name).identity.inode
        }
    }

    private mutating func directory(_ place: Int32) throws(SystemError) -> Directory {
        if place < 0 { return root }
        if let open, open.place == place { return open.directory }
        let directory = try root.openInRoot(tree[Int(place)].path.bytes)
        open = (place, directory)
        return directory
    }
}
