import ImageSpec
import LayerArchive
public import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

extension ImageStore {
    /// Makes the content of a volume a layer of the store.
    ///
    /// Files share blocks with those of the volume where the file system can do that; the same content is one layer, however often it is
    /// taken.
    ///
    /// - Parameters:
    ///   - name: The volume; it may be in use.
    ///   - time: When it is said to be made; nil for now.
    /// - Returns: The snapshot, and a line for each file that no layer can have.
    /// - Throws: `LayerError`: `notFound`; `failure` that lists all names which cannot be read.
    public func snapshotVolume(
        _ name: String,
        at time: Timestamp? = nil
    ) throws(LayerError) -> (snapshot: VolumeSnapshot, warnings: [String]) {
        try LayerError.catching {
            let (data, lock) = try openVolume(name, .shared)
            defer { withExtendedLifetime(lock) {} }
            let transaction = try store.begin()
            let nothing = LowerStack([])
            let set = ChangeWalk.wholeTree(data.directory, over: nothing, form: .ofCheckout)
            guard set.problems.isEmpty else { throw TreeError.unreadable(set.problems) }
            let capture = LayerCapture(
                upper: data.directory,
                lowers: nothing,
                latestTime: nil,
                keepsOwners: UserNamespace.isInitial,
                limits: limits
            )
            let changes = [TreeChange.root(try data.ownEntry().attributes)] + set.changes
            let layer = try capture.stage(changes, .sharingBlocks, above: [], in: transaction)
            let id = try publish(layer, ofVolume: name, at: time ?? Host.now(), transaction)
            withExtendedLifetime(transaction) {}
            return (try snapshot(id.digest.hex), set.socketWarnings)
        }
    }

    /// Lists the snapshots, the newest first.
    ///
    /// - Parameter volume: The volume that they are of, which need not be there any more; nil for all.
    /// - Returns: The snapshots, and a line for each damaged record: one damaged object takes nothing else away.
    /// - Throws: `LayerError`.
    public func volumeSnapshots(
        of volume: String? = nil
    ) throws(LayerError) -> (snapshots: [VolumeSnapshot], problems: [String]) {
        let (images, problems) = try images()
        let snapshots = images.compactMap(VolumeSnapshot.init)
            .filter { volume == nil || $0.volume == volume }
            .sorted {
                $0.created == $1.created ? $0.imageID.digest.hex < $1.imageID.digest.hex : $0.created > $1.created
            }
        return (snapshots, problems)
    }

    /// Removes a snapshot, and its layer unless another one or an image has the same.
    ///
    /// - Parameter text: The name, the DiffID or the ID of the image, or the beginning of one of the last two.
    /// - Throws: `LayerError`: `notFound`, `conflict` for a beginning that several have, and for one that a container uses.
    public func removeVolumeSnapshot(_ text: String) throws(LayerError) {
        _ = try remove(snapshot(text).imageID.digest.hex)
    }

    /// Gives a volume the content of a snapshot in place of its own, in one step; a volume that is not there is made.
    ///
    /// - Parameters:
    ///   - name: The volume; no container that uses it may be mounted.
    ///   - text: The snapshot, as `removeVolumeSnapshot(_:)` finds it.
    /// - Throws: `LayerError`: `notFound`, `conflict` for a volume that is in use, `corrupt` for a damaged layer.
    public func restoreVolume(_ name: String, from text: String) throws(LayerError) {
        let snapshot = try snapshot(text)
        try LayerError.catching {
            try VolumeNamespace.enter()
            let transaction = try store.begin()
            defer { withExtendedLifetime(transaction) {} }
            guard let layers = try store.storedImage(snapshot.imageID)?.record.layers.map(\.key) else {
                throw LayerError(.notFound, "no such snapshot: \(text)")
            }
            let fill = { [store] (directory: Directory) throws in
                let data = try directory.open(LayerStore.volumeDataName)
                try Checkout.makeImage(of: layers, in: store, at: Array(data.descriptorPath.utf8))
            }
            guard let record = try store.volume(named: name) else {
                _ = try store.makeVolume(named: name, fill: fill)
                return
            }
            guard record.isLocal, record.mountOptions == nil else {
                throw LayerError(
                    .conflict,
                    "restore \(name): its files are not the store's own: \(record.driver) mounts them"
                )
            }
            guard let lock = try store.tryLockVolume(name, .exclusive) else {
                throw LayerError(.conflict, "restore \(name): volume is in use by another process; wait for it")
            }
            let users = try store.volumeUsers().users[name] ?? []
            if let user = try containerMounts.find(store, users).keys.first {
                throw LayerError(.conflict, "restore \(name): volume is in use by mounted container \(user.short)")
            }
            try store.replaceVolumeData(of: name, holding: lock, fill: fill)
        }
    }

    /// Finds out how a volume differs from a snapshot.
    ///
    /// - Parameters:
    ///   - name: The volume.
    ///   - text: The snapshot, as `removeVolumeSnapshot(_:)` finds it.
    /// - Returns: What the volume has that the snapshot has not, and the other way round, as `diff` of a container has it.
    /// - Throws: `LayerError`: `notFound`, `corrupt` for a damaged layer.
    public func volumeChanges(of name: String, since text: String) throws(LayerError) -> [ContainerChange] {
        let snapshot = try snapshot(text)
        return try LayerError.catching {
            let (data, lock) = try openVolume(name, .shared)
            defer { withExtendedLifetime(lock) {} }
            let layers = try store.storedImage(snapshot.imageID)?.record.layers.map(\.key) ?? []
            let lowers = try LowerStack(layers, in: store)
            let set = ChangeWalk.changes(in: data.directory, over: lowers, form: .ofCheckout)
            guard set.problems.isEmpty else { throw TreeError.unreadable(set.problems) }
            return ContainerChange.list(set)
        }
    }

    private func snapshot(_ text: String) throws(LayerError) -> VolumeSnapshot {
        try LayerError.catching {
            let found = try store.findImage { images in
                try Self.snapshot(text, among: images.map(details).compactMap(VolumeSnapshot.init))
            }
            guard let found else { throw LayerError(.notFound, "no such snapshot: \(text)") }
            return found
        }
    }

    private static func snapshot(_ text: String, among all: [VolumeSnapshot]) throws(LayerError) -> VolumeSnapshot? {
        let digits = text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text
        if let named = all.first(where: { $0.reference?.familiar == text }) { return named }
        let ids = digits.isEmpty ? [] : all.filter { $0.imageID.digest.hex.hasPrefix(digits) }
        // Several snapshots may be of one layer: any of them is as good.
        let layers = digits.isEmpty ? [] : all.filter { $0.diffID.digest.hex.hasPrefix(digits) }
        guard ids.count < 2, Set(layers.map(\.diffID)).count < 2, ids.isEmpty || layers.isEmpty else {
            throw LayerError(.conflict, "multiple snapshots found with provided prefix: \(text)")
        }
        return ids.first ?? layers.first
    }

    private func publish(
        _ layer: StagedLayer,
        ofVolume name: String,
        at time: Timestamp,
        _ transaction: StoreTransaction
    ) throws -> ImageID {
        let labels = JSONObject([(VolumeSnapshot.volumeLabel, .string(name))])
        let config = try CommittedConfig(
            base: nil,
            platform: .host,
            config: ["Labels": .object(labels)],
            layers: .added(layer.summary.diffID),
            step: CommitStep(created: time, comment: "snapshot of volume \(name)")
        )
        let id = ImageID(Digest.sha256(of: config.bytes))
        let kept = ImageRecord.Layer(diffID: layer.summary.diffID, key: layer.key, blobDigest: nil, blobByteCount: nil)
        let record = ImageRecord(id: id, layers: [kept], manifestDigest: nil, sourceFormat: "volume")
        try transaction.publish(
            layers: [layer],
            images: [StagedImage(record: record, configBytes: config.bytes, manifestBytes: nil)]
        )
        _ = try store.setName(try VolumeSnapshot.reference(of: name, id), to: id)
        return id
    }
}
