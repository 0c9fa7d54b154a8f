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
        guard let (record, layer) = try intactParts(key) else { return nil }
        guard let session = record.unsynchronizedSession, session != (try layer.session()) else { return record }
        guard isWhole(key) else { return nil }
        return try settle(record, in: layer)
    }

    /// Whether every name of a layer's tree is as its index says, and both make the layer's tar.
    private func isWhole(_ key: LayerKey) -> Bool {
        do {
            let diagnosis = try diagnose(key, faultLimit: 1)
            guard diagnosis.isIntact, let parts = diagnosis.parts else { return false }
            let tar = try TarRecreation(parts.index, layer: parts.directory)
            let digest = DigestStream(parts.record.summary.diffID.digest.algorithm)
            while true {
                let chunk = try tar.nextChunk()
                if chunk.isEmpty { break }
                digest.update(chunk)
            }
            guard digest.finish() == parts.record.summary.diffID.digest else { return false }
            return try ContentCheck(parts.index, layer: parts.directory).damagedFilesBesideTar().isEmpty
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
