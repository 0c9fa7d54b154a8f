package import LayerModel
package import LayerSystem
import LayerTree

extension LayerStore {
    /// Keeps others from deleting layers and images while this process looks; nothing is made.
    ///
    /// - Returns: The lock, nil on a read-only disk; and whether nobody else was at work when it was taken.
    /// - Throws: `StorageError` of kind `notFound` when there is no store, `SystemError`.
    package func lockForLooking() throws -> (lock: FileLock?, isAlone: Bool) {
        let root = try existingRoot()
        do throws(SystemError) {
            let isAlone = try root.tryLock(file: StoreLayout.lockName, .exclusive) != nil
            return (try root.lock(file: StoreLayout.lockName, .shared), isAlone)
        } catch {
            guard error.isReadOnly || error.isNotPermitted || error.isNotFound else { throw error }
            return (nil, false)
        }
    }

    /// Notes that files of a layer are about to be put right by somebody who does not wait for the disk (`Durability.none`).
    ///
    /// - Parameters:
    ///   - record: The layer's record.
    ///   - layer: Its directory.
    /// - Throws: `SystemError`.
    package func noteMending(of record: LayerRecord, in layer: Directory) throws {
        guard layer.durability == .none else { return }
        var noted = record
        noted.unsynchronizedSession = try layer.session()
        let lock = try layer.lock(.exclusive)
        defer { withExtendedLifetime(lock) {} }
        try RecordFile.replace(noted.json, "layer.json", in: layer)
    }

    /// Looks whether the compressed bytes that are kept of a layer are what their name says.
    ///
    /// - Parameter digest: Their digest.
    /// - Returns: What is wrong, nil when they are right; and how many were read.
    package func blobFinding(_ digest: BlobDigest) -> (finding: StoreFinding?, byteCount: Int64) {
        do {
            guard let file = try openBlob(digest) else { return (nil, 0) }
            let found = try file.digest(digest.digest.algorithm)
            let byteCount = try file.byteCount()
            guard found != digest.digest else { return (nil, byteCount) }
            let reason = "its bytes have another digest"
            return (StoreFinding(.blob, digest.description, nil, reason, remedy: Remedy.blob), byteCount)
        } catch let error as SystemError where error.isNotRegularFile {
            // That was said of its place.
            return (nil, 0)
        } catch {
            let reason = (error as? SystemError)?.reason ?? "\(error)"
            return (StoreFinding(.blob, digest.description, nil, reason, remedy: Remedy.blob), 0)
        }
    }
}

extension LayerDiagnosis {
    /// What is wrong with the layer, as of a store.
    package var findings: [StoreFinding] {
        let id = key.digest.description
        if let failure {
            let part = failure.part.map { Array($0.utf8) }
            return [StoreFinding(.layer, id, part, failure.reason, remedy: Remedy.archive)]
        }
        let faults = faults.map { fault in
            let path = fault.shadow == nil ? [UInt8(ascii: "/")] + fault.path.bytes : fault.path.bytes
            let remedy = fault.needsContent ? Remedy.archive : Remedy.repair
            return StoreFinding(.layer, id, path, fault.text, remedy: remedy)
        }
        return faults
            + strangers.map { StoreFinding(.layer, id, $0, "unexpected: no layer has such a file") }
    }
}
