import LayerArchive
import LayerModel
import LayerSystem
import LayerTree

extension LayerStore {
    /// The record of a layer that may be used: its parts are there, and it is on the disk or was written since the file system was mounted.
    ///
    /// One that was published without being synchronised (`Durability.none`), and is met after a restart or a new mount, is read whole
    /// first, once: what a power cut left of it looks like a layer.
    ///
    /// - Parameter key: The layer.
    /// - Returns: The record; nil when the layer must be unpacked again.
    /// - Throws: `SystemError`.
    package func trustedLayer(_ key: LayerKey) throws -> LayerRecord? {
        guard let record = try intactLayer(key), let layer = try layerDirectory(key) else { return nil }
        guard let session = record.unsynchronizedSession, session != (try layer.session()) else { return record }
        guard Self.isWhole(record, in: layer) else { return nil }
        return try settle(record, in: layer)
    }

    /// Whether every name of a layer's tree is as its index says, and both make the layer's tar.
    static func isWhole(_ record: LayerRecord, in layer: Directory) -> Bool {
        do {
            let index = try LayerIndex(MappedFile(layer.openFile(LayerUnpacker.indexName)))
            let isExact = record.isPrivileged && UpperForm.ofThisProcess.hasExactOwners
            guard try LayerCheck.faults(in: layer.open(LayerUnpacker.treeName), index, isExact: isExact).isEmpty else {
                return false
            }
            let tar = try TarRecreation(index, layer: layer)
            let digest = DigestStream(record.summary.diffID.digest.algorithm)
            while true {
                let chunk = try tar.nextChunk()
                if chunk.isEmpty { break }
                digest.update(chunk)
            }
            return digest.finish() == record.summary.diffID.digest
        } catch {
            // What cannot be read is not whole.
            return false
        }
    }

    /// Notes that a layer which was found whole is on the disk, or belongs to this session.
    private func settle(_ record: LayerRecord, in layer: Directory) throws -> LayerRecord {
        var settled = record
        settled.unsynchronizedSession = layer.durability == .none ? try layer.session() : nil
        do {
            let lock = try layer.lock(.exclusive)
            defer { withExtendedLifetime(lock) {} }
            try layer.synchronizeFileSystem()
            try RecordFile.replace(settled.json, "layer.json", in: layer)
        } catch let error as SystemError where error.isReadOnly || error.isNotPermitted {
            // Somebody who only reads finds it whole each time.
            return record
        }
        return settled
    }
}
