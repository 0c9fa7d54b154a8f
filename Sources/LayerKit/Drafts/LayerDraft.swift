import ImageTransport
import LayerArchive
public import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// A layer in the making: what it adds, replaces and deletes.
///
/// Parts are written in the order in which they are given, deletions first: a path that is deleted and added is replaced as a whole, and of
/// two parts with one name the later one wins. Directories above a part that no part describes are left undescribed, so that they
/// stay as they are below.
public struct LayerDraft: Sendable {
    private enum Part: Sendable {
        case directory(String, at: LayerPath)
        case tar(String, at: LayerPath)
        case entries([LayerEntry])
    }

    private var parts: [Part] = []
    private var deletions: [LayerPath] = []

    /// No file is to be newer than this; nil for no such limit.
    public var latestTime: Timestamp?
    /// How much of anything is read before it is refused.
    public var limits = InputLimits.standard

    /// Begins a layer that changes nothing.
    public init() {}

    /// Whether nothing was added or deleted yet.
    public var isEmpty: Bool { parts.isEmpty && deletions.isEmpty }

    /// Adds what lies in a directory of the host, with its attributes; what belongs to an ordinary user who runs this belongs to root there.
    ///
    /// - Parameters:
    ///   - directory: The directory's path.
    ///   - path: Where its content goes.
    public mutating func add(directory: String, at path: LayerPath = .root) {
        parts.append(.directory(directory, at: path))
    }

    /// Adds the entries of a tar, plain or compressed; a tar that is all of the layer is the layer, byte for byte.
    ///
    /// - Parameters:
    ///   - tar: The tar's path, or `-` for the standard input.
    ///   - path: Where its entries go.
    public mutating func add(tar: String, at path: LayerPath = .root) {
        parts.append(.tar(tar, at: path))
    }

    /// Adds entries.
    ///
    /// - Parameter entries: The entries, a directory before what lies in it; a hard link names another entry or a file below.
    public mutating func add(_ entries: [LayerEntry]) {
        parts.append(.entries(entries))
    }

    /// Deletes what stands at a path in the layers below.
    ///
    /// - Parameter path: The path, not the root.
    public mutating func delete(_ path: LayerPath) {
        deletions.append(path)
    }

    /// Makes the layer.
    ///
    /// - Returns: The layer, in a temporary file without a name.
    /// - Throws: `LayerError`: `notFound`; `corrupt` for entries that no layer may have; `failure` that lists names which cannot be read.
    public func made() throws(LayerError) -> DraftLayer {
        try LayerError.catching {
            if deletions.isEmpty, latestTime == nil, parts.count == 1, case .tar(let path, at: .root) = parts[0] {
                return DraftLayer(try RootArchive(path, limits).layer())
            }
            let spool = try TarSpool(limits)
            let writer = try TarWriter { try spool.write($0) }
            try writeDeletions(writer)
            for part in parts { try write(part, writer) }
            try writer.finish()
            let layer = try spool.finish("new layer")
            // What nobody could unpack is not given away.
            _ = try LayerScanner.scan(layer.openForScanning(), limits: ArchiveLimits(limits))
            return DraftLayer(layer)
        }
    }

    private func writeDeletions(_ writer: TarWriter) throws {
        for path in Set(deletions).sorted() {
            guard let parent = path.parent else { throw LayerError(.usage, "the root of an image cannot be deleted") }
            let name = parent.appending(Whiteout.prefix + path.name)
            try writer.add(TarHeader(name: name.bytes, kind: .regular, attributes: FileAttributes(mode: 0)))
        }
    }

    private func write(_ part: Part, _ writer: TarWriter) throws {
        switch part {
        case .entries(let entries): for entry in entries { try write(entry, writer) }
        case .tar(let path, let place):
            let layer = try RootArchive(path, limits).layer()
            try copy(layer.openUncompressed(), below: place, writer)
        case .directory(let path, let place):
            let root = try Directory(path: path)
            let lowers = LowerStack([])
            var form = UpperForm.ofThisProcess
            form.namespaces = []
            let set = ChangeWalk.wholeTree(root, over: lowers, form: form)
            guard set.problems.isEmpty else { throw TreeError.unreadable(set.problems) }
            let files = ChangedFiles(upper: root, lowers: lowers)
            try copy(ChangeTar(set.changes, files, latestTime: latestTime), below: place, writer)
        }
    }

    private func copy(_ source: any ByteSource, below place: LayerPath, _ writer: TarWriter) throws {
        let reader = TarReader(source, limits: ArchiveLimits(limits))
        while try reader.next() {
            try writer.add(limited(TarCopying.header(of: reader, below: place)))
            if reader.kind == .regular { try TarCopying.readBody(reader) { try writer.write($0) } }
        }
    }

    private func write(_ entry: LayerEntry, _ writer: TarWriter) throws {
        guard entry.kind == .directory || !entry.path.isRoot else {
            throw LayerError(.corrupt, "the root of a layer can only be a directory")
        }
        var header = TarHeader(
            name: entry.path.isRoot ? Array("./".utf8) : entry.path.bytes,
            kind: entry.kind,
            attributes: entry.attributes,
            linkName: entry.kind == .hardLink ? entry.linkedPath.bytes : entry.target,
            device: entry.device
        )
        if entry.kind == .hardLink { header.attributes.extendedAttributes = [] }
        try writer.add(limited(header), content: entry.kind == .regular ? entry.content : [])
    }

    private func limited(_ header: TarHeader) -> TarHeader {
        guard let latestTime else { return header }
        var header = header
        header.attributes.modificationTime = min(header.attributes.modificationTime, latestTime)
        return header
    }
}
