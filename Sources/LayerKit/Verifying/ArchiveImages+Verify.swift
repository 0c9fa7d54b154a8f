import ImageSpec
import ImageTransport
import LayerModel
import LayerSystem
import Synchronization

extension ArchiveImages {
    /// Verifies all layers of the images: size and digest of each blob, the compressed stream's own checksums, the DiffID.
    ///
    /// Documents were verified when the file was opened.
    ///
    /// - Parameter workerCount: How many layers are read at once; nil for one a processor.
    /// - Returns: What is wrong; what is damaged is no error.
    /// - Throws: `LayerError` when no thread can work.
    public func verify(workerCount: Int? = nil) throws(LayerError) -> VerifyReport {
        try LayerError.catching {
            var report = VerifyReport()
            report.images = images.map { image in
                VerifyReport.Image(
                    id: image.id,
                    names: image.references.map(\.familiar),
                    layers: image.layers.map(\.diffID)
                )
            }
            var seen: Set<DiffID> = []
            let layers = source.images.flatMap(\.layers).filter { seen.insert($0.diffID).inserted }
            let found = Mutex<[Int: VerifiedLayer]>([:])
            let workers = workerCount ?? WorkerPool.processorCount
            try WorkerPool.run(workers: workers, jobs: layers.count) { place in
                let layer = Self.verify(layers[place])
                found.withLock { $0[place] = layer }
            }
            report.layers = found.withLock { found in layers.indices.compactMap { found[$0] } }
            return report
        }
    }

    private static func verify(_ layer: ArchiveLayer) -> VerifiedLayer {
        if !layer.isPresent, layer.isForeign || layer.isOmitted {
            return VerifiedLayer(layer.diffID, byteCount: 0, isAbsent: true)
        }
        do {
            let stream = try layer.openUncompressed()
            while try !stream.nextChunk().isEmpty {}
            _ = try stream.finish()
            return VerifiedLayer(layer.diffID, byteCount: layer.byteCount)
        } catch {
            let reason = LayerError.wrapping(error, about: layer.subject).message
            return VerifiedLayer(layer.diffID, byteCount: layer.byteCount, faults: [VerifiedLayer.Fault(nil, reason)])
        }
    }
}
