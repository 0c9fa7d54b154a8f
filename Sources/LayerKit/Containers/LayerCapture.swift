import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// Makes a layer of what lies in a directory of the host: the tar is made, hashed and taken apart again in one pass.
struct LayerCapture {
    /// The root of what was written.
    let upper: Directory
    /// The layers below.
    let lowers: LowerStack
    /// No entry is to be newer; nil for no such limit.
    let latestTime: Timestamp?
    /// Whether the layer's files belong to whom they should.
    let keepsOwners: Bool
    /// What a layer may hold.
    let limits: InputLimits

    /// Makes the layer in the staging directory.
    ///
    /// - Parameters:
    ///   - changes: What the layer is made of.
    ///   - manner: How files come to it.
    ///   - bases: The layers that it lies on, the lowest first.
    ///   - transaction: The work that it is part of.
    /// - Returns: The layer, ready to be published.
    /// - Throws: `TreeError.unreadable` that lists what cannot be read; `ArchiveError`; `SystemError`.
    func stage(
        _ changes: [TreeChange],
        _ manner: ContentDonor.Manner,
        above bases: [DiffID],
        in transaction: StoreTransaction
    ) throws -> StagedLayer {
        let files = ChangedFiles(upper: upper, lowers: lowers)
        let tap = DigestTap(try ChangeTar(changes, files, latestTime: latestTime))
        let ahead = WorkerPool.processorCount > 1 ? ReadAheadSource(tap) : nil
        let (directory, name) = try transaction.makeLayerDirectory()
        var settings = TreeSettings.ofThisProcess
        settings.keepsOwners = keepsOwners
        let donor = ContentDonor(
            changes,
            ChangedFiles(upper: upper, lowers: lowers),
            manner,
            latestTime: latestTime
        )
        let unpacker = try LayerUnpacker(
            into: directory,
            settings: settings,
            limits: ArchiveLimits(limits),
            donor: donor,
            sharesWork: ahead.map { _ in { true } }
        )
        try unpacker.read(ahead ?? tap)
        if let ahead { while try !ahead.nextChunk().isEmpty {} }
        ahead?.close()
        let (digest, byteCount) = try tap.finish()
        try unpacker.finish()
        let diffID = DiffID(digest)
        return StagedLayer(
            directory: directory,
            name: name,
            summary: LayerSummary(diffID: diffID, tarByteCount: byteCount, statistics: unpacker.statistics),
            chainID: ChainID.of(bases + [diffID])[bases.count],
            usesUserAttributes: settings.usesUserAttributes,
            isPrivileged: settings.uid == 0 && settings.keepsOwners,
            blob: LayerBlob(digest: BlobDigest(digest), byteCount: byteCount, compression: .none)
        )
    }
}
