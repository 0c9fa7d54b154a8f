import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// Puts layers right that are there with a whole index, name by name.
struct LayerMending {
    /// What became of a layer.
    struct Outcome {
        /// The paths that were put right: in the tree, or of shadowed files.
        var paths: [LayerPath] = []
        /// Why content could not be had, a line for each source that failed.
        var problems: [String] = []
        /// The layer as it is now, contents apart.
        var diagnosis: LayerDiagnosis
        /// Whether content was wanted that no source had.
        var lacksContent = false
    }

    /// What is put right may show what was hidden behind it: a directory that could not be read, say.
    private static let roundLimit = 3

    let store: LayerStore
    let transaction: StoreTransaction

    /// Puts a layer right as far as it can be.
    ///
    /// - Parameters:
    ///   - diagnosis: What is wrong.
    ///   - sources: What may have the layer's tar, the nearest first.
    /// - Returns: What became of it.
    /// - Throws: `SystemError` when the store cannot be written, `TreeError`.
    func mend(_ diagnosis: LayerDiagnosis, from sources: [any IncomingLayer]) throws -> Outcome {
        var outcome = Outcome(diagnosis: diagnosis)
        for _ in 0..<Self.roundLimit {
            guard let parts = outcome.diagnosis.parts, !outcome.diagnosis.faults.isEmpty else { break }
            let staging = try transaction.makeLayerDirectory().directory
            let place = try MendedPlace(
                parts.directory,
                parts.index,
                parts.manner,
                usesUserAttributes: parts.record.usesUserAttributes
            )
            var mender = TreeMender(place, outcome.diagnosis.faults, staging: staging)
            try mender.prepare { try lowerFile($0, byteCount: $1, below: diagnosis.key) }
            try fill(&mender, from: sources, &outcome)
            try store.noteMending(of: parts.record, in: parts.directory)
            let paths = try mender.apply()
            if paths.isEmpty { break }
            outcome.paths += paths
            outcome.diagnosis = try store.diagnose(diagnosis.key, faultLimit: .max)
        }
        return outcome
    }

    /// Gives files their content from the first source whose tar is the layer's.
    private func fill(
        _ mender: inout TreeMender,
        from sources: [any IncomingLayer],
        _ outcome: inout Outcome
    ) throws {
        for source in sources where mender.wantsTar {
            do {
                let tar = try source.openTar(readsAhead: false)
                var splitter = try mender.splitter()
                while true {
                    let chunk = try tar.nextChunk()
                    if chunk.isEmpty { break }
                    try splitter.take(chunk)
                }
                _ = try tar.finish()
                try mender.takeContents()
            } catch let error as SystemError {
                // The disk of the store, and not what is read.
                throw error
            } catch {
                outcome.problems.append(LayerError.wrapping(error, about: source.subject).message)
            }
        }
        if mender.wantsTar { outcome.lacksContent = true }
        mender.giveUpContents()
    }

    /// Finds a file of a layer below by its content: what a hard link into a lower layer became a copy of.
    private func lowerFile(_ digest: ContentDigest, byteCount: Int64, below key: LayerKey) throws -> File? {
        let stacks = try store.images().images.map { $0.record.layers.map(\.key) }
        for stack in stacks {
            guard let place = stack.firstIndex(of: key) else { continue }
            for lower in stack[..<place].reversed() {
                guard let parts = try store.diagnose(lower, faultLimit: 0).parts else { continue }
                if let file = try parts.index.file(digest, byteCount: byteCount, in: parts.directory) { return file }
            }
        }
        return nil
    }
}
