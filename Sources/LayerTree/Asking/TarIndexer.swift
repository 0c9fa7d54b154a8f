package import LayerArchive
package import LayerModel
package import LayerSystem

/// Makes the index of a layer from its tar alone, so that it can be asked without being unpacked.
///
/// `read` takes the tar in; `settle` completes what depends on the layers below, if anything does; `finish` gives the layer. The index
/// is a file without a name, which goes with the layer.
package final class TarIndexer {
    private let open: @Sendable () throws -> any ByteSource
    private let readsContent: Bool
    private let observer: (any TarContentObserver)?
    private let limits: ArchiveLimits
    private var ledger: LayerLedger
    private var digests = SegmentedTable<ContentDigest>()
    /// Of each inode the entry that brought it.
    private var entryNumbers: ContiguousArray<Int32> = []
    private var copies: [InodeID: TarContents.Copy] = [:]
    private var isSelfContained = true

    /// Prepares to read.
    ///
    /// - Parameters:
    ///   - readsContent: Whether contents are to be told apart later; otherwise bodies are passed over. Not with an observer.
    ///   - observer: Looks at contents while they are read.
    ///   - limits: What a layer may hold.
    ///   - open: Opens the uncompressed tar for those who want a file of it.
    package init(
        readsContent: Bool,
        observer: (any TarContentObserver)? = nil,
        limits: ArchiveLimits = .standard,
        open: @escaping @Sendable () throws -> any ByteSource
    ) {
        self.open = open
        self.readsContent = readsContent
        self.observer = observer
        self.limits = limits
        ledger = LayerLedger(limits: limits)
    }

    /// Whether the layer takes something from the layers below: `settle` must be called before `finish`.
    package var needsLowerLayers: Bool { !isSelfContained }

    /// Reads the tar to its end.
    ///
    /// - Parameter source: The uncompressed tar.
    /// - Throws: `ArchiveError` or `TreeError`; then this object is of no use any more.
    package func read(_ source: any ByteSource) throws {
        let reader = TarReader(source, limits: limits)
        var hasher = FileHasher()
        while try reader.next() {
            if reader.kind == .hardLink {
                _ = try ledger.link(reader.name, to: reader.linkName)
                continue
            }
            var attributes = InodeAttributes(reader)
            attributes.extendedAttributes = ledger.add(try reader.extendedAttributes())
            let placement = try ledger.place(reader.name, LedgerInode(reader), attributes, target: reader.linkName)
            guard case .created(let node, let id) = placement, reader.kind == .regular, reader.byteCount > 0 else {
                continue
            }
            note(Int32(reader.entryCount), of: id)
            if let observer {
                observer.begin(ledger.path(of: node), byteCount: reader.byteCount)
                try show(reader, to: observer)
            }
            guard readsContent else { continue }
            digests.append(try digest(of: reader, &hasher))
            ledger.attributes[id].contentDigest = Int32(digests.count - 1)
        }
        try ledger.finish()
        isSelfContained = ledger.statistics(entryCount: reader.entryCount).isSelfContained
    }

    private func note(_ entry: Int32, of id: InodeID) {
        let place = Int(id.index)
        while entryNumbers.count <= place { entryNumbers.append(0) }
        entryNumbers[place] = entry
    }

    private func show(_ reader: TarReader, to observer: any TarContentObserver) throws {
        var end: Int64 = 0
        try reader.readBody { chunk, offset in
            observer.skip(offset - end)
            observer.update(chunk)
            end = offset + Int64(chunk.count)
        }
        observer.skip(reader.byteCount - end)
        observer.end()
    }

    private func digest(of reader: TarReader, _ hasher: inout FileHasher) throws -> ContentDigest {
        hasher.reset()
        var end: Int64 = 0
        try reader.readBody { chunk, offset in
            hasher.skip(offset - end)
            hasher.update(chunk)
            end = offset + Int64(chunk.count)
        }
        hasher.skip(reader.byteCount - end)
        return hasher.finish()
    }

    /// Takes from the layers below what this layer does not say itself, as `LayerUnpacker.settle` does.
    ///
    /// - Parameter lowers: The layers below.
    /// - Throws: `TreeError.linkTargetMissing`.
    package func settle(over lowers: LowerStack) throws {
        for node in ledger.impliedDirectories() where ledger.isDirectory(node) {
            if let found = lowers.entry(at: ledger.path(of: node)), found.directory != nil {
                ledger.describe(node, as: lowers.node(found.node), of: lowers.index(found.node))
            } else if ledger.inode(at: node).isForWhiteouts {
                ledger.discard(node)
            }
        }
        for (link, names) in ledger.takeLowerLinks() {
            guard let found = lowers.entry(at: link.target), found.directory == nil else {
                throw TreeError.linkTargetMissing(name: link.name, target: link.target.bytes)
            }
            // No name is left when later entries have replaced them all.
            if !names.isEmpty { copy(found.node, of: lowers, as: link.inode, nameCount: names.count) }
        }
    }

    private func copy(_ found: LowerStack.Reference, of lowers: LowerStack, as id: InodeID, nameCount: Int) {
        let (layer, node) = (lowers.layers[found.layer], lowers.node(found))
        ledger.copy(node, of: layer.index, as: id, nameCount: nameCount)
        guard node.kind == .regular else { return }
        copies[id] = TarContents.Copy(layer: layer, node: node)
        guard let digest = layer.index.contentDigest(of: node) else { return }
        digests.append(digest)
        ledger.attributes[id].contentDigest = Int32(digests.count - 1)
    }

    /// Writes the index and gives the layer.
    ///
    /// - Parameter directory: Where the index takes its room.
    /// - Returns: The layer.
    /// - Throws: `TreeError.linkTargetMissing` for a hard link that leads out of the layer and was not settled; `SystemError`.
    package func finish(in directory: Directory) throws -> StackedLayer {
        if let link = ledger.lowerLinks.first {
            throw TreeError.linkTargetMissing(name: link.name, target: link.target.bytes)
        }
        ledger.close()
        let file = try File.temporary(in: directory)
        var writer = IndexWriter(try IndexFile(file))
        try writer.write(ledger, digests: digests)
        let index = try LayerIndex(MappedFile(file), hasDigests: readsContent)
        var numbers = ContiguousArray<Int32>(repeating: 0, count: index.nodes.count)
        var copied: [Int: TarContents.Copy] = [:]
        for (inode, ordinal) in writer.ordinals.enumerated() where ordinal >= 0 {
            if entryNumbers.indices.contains(inode) { numbers[Int(ordinal)] = entryNumbers[inode] }
            if let copy = copies[InodeID(index: Int32(inode))] { copied[Int(ordinal)] = copy }
        }
        let contents = TarContents(open: open, entryNumbers: numbers, copies: copied, limits: limits)
        return StackedLayer(index: index, contents: contents)
    }
}
