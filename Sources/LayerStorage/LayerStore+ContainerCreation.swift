package import ImageSpec
import LayerModel
import LayerSystem

extension LayerStore {
    /// Makes a container: an empty upper directory above an image's layers.
    ///
    /// When this returns the container is on the disk.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - imageName: What the user called it.
    ///   - name: What people are to call the container; nil for a name of two words.
    ///   - labels: Labels beside those of the image.
    ///   - mounts: What is mounted in it; its volumes are there, and locked by the caller.
    ///   - members: What other parts of the program keep in the record.
    /// - Returns: The container's record.
    /// - Throws: `StorageError`: `notFound` when the image went meanwhile, `corrupt` when a layer is not whole, `invalid` for what is
    ///   no name, `conflict` for a name that is taken; `SystemError`.
    package func createContainer(
        image: StoredImage,
        imageName: String,
        name: String? = nil,
        labels: [String: String] = [:],
        mounts: [ContainerMount] = [],
        members: JSONObject = JSONObject()
    ) throws -> ContainerRecord {
        let wanted = try name.map { text throws(StorageError) in try ContainerName.parse(text) }
        // Its lock keeps the image's layers until the container names them.
        let transaction = try begin()
        defer { withExtendedLifetime(transaction) {} }
        guard let present = try storedImage(image.record.id)?.record else {
            throw StorageError(.notFound, "", "No such image: \(imageName)")
        }
        for layer in present.layers where try trustedLayer(layer.key) == nil {
            let reason = "layer \(layer.diffID) of image \(imageName) is missing or damaged: load the image again"
            throw StorageError(.corrupt, "", reason)
        }
        let all = try existingRoot().openOrMakeDirectory(StoreLayout.containers)
        let staged = try TemporaryName.make(prefix: "container-")
        let directory = try stageContainer(staged, over: present.layers, in: transaction.staging)
        // One creator at a time: whether a name is free must stay true until it is taken.
        let naming = try all.lock(.exclusive)
        defer { withExtendedLifetime(naming) {} }
        var record = ContainerRecord(
            id: try newContainerID(),
            name: try freeName(wanted),
            created: Host.now(),
            image: present,
            imageName: imageName,
            labels: labels,
            mounts: mounts
        )
        for member in members.members { record[member: member.key] = member.value }
        try RecordFile.replace(record.json, Self.containerRecordName, in: directory)
        try transaction.staging.rename(staged, to: all, as: record.id.hex, replacing: false)
        try all.synchronize()
        return record
    }

    private func newContainerID() throws -> ContainerID {
        while true {
            let digits = Digest.encodeHex(try Host.randomBytes(32))
            if let id = ContainerID(hex: digits), try containerDirectoryIfPresent(id) == nil { return id }
        }
    }

    private func freeName(_ wanted: String?) throws -> String {
        let records = try certainContainers()
        guard let wanted else { return try ContainerName.random(notIn: Set(records.map(\.name))) }
        if let other = records.first(where: { $0.name == wanted }) { throw ContainerName.taken(wanted, by: other.id) }
        return wanted
    }

    /// Makes a container's directories, and waits until they are on the disk.
    private func stageContainer(
        _ name: String,
        over layers: [ImageRecord.Layer],
        in staging: Directory
    ) throws -> Directory {
        try staging.makeDirectory(name)
        let directory = try staging.open(name)
        for part in [StoreLayout.work, StoreLayout.merged, StoreLayout.upper] { try directory.makeDirectory(part) }
        let upper = try directory.open(StoreLayout.upper)
        try upper.setMode(0o755)
        if let top = layers.last { try showRoot(of: top.key, in: upper) }
        try upper.synchronize()
        return directory
    }

    /// Gives the upper directory what a mount of the image alone shows at its root: there the topmost tree's own root is seen.
    private func showRoot(of key: LayerKey, in upper: Directory) throws {
        guard let tree = try layerDirectory(key)?.open("tree") else { return }
        let status = try tree.status()
        if Host.effectiveUserID == 0 { try upper.setOwner(uid: status.uid, gid: status.gid) }
        for attribute in try tree.extendedAttributes() where !Self.isOverlays(attribute) {
            do throws(SystemError) {
                try upper.setExtendedAttribute(attribute)
            } catch {
                // What the system gives every file there by itself (a security label) is not for everybody to set.
                guard error.isNotPermitted || error.isNotSupported else { throw error }
            }
        }
        try upper.setMode(status.mode)
        try upper.setTimes(status.modificationTime)
    }

    static func isOverlays(_ attribute: ExtendedAttribute) -> Bool {
        attribute.name.starts(with: "trusted.overlay.".utf8) || attribute.name.starts(with: "user.overlay.".utf8)
    }
}
