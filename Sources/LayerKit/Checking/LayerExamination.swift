import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// A layer of the store, looked at and, where that is asked for, read.
struct LayerExamination: Sendable {
    /// What was found.
    private(set) var diagnosis: LayerDiagnosis
    /// How many bytes of its tar were read.
    private(set) var byteCount: Int64 = 0
    /// Why its tar does not come out as it went in, although all files seem to be what they were.
    private(set) var failure: String?

    /// Examines a layer.
    ///
    /// Where the tar has the digest that it should have, every byte is right that stands in it; other files are read for their own digests.
    ///
    /// - Parameters:
    ///   - key: The layer.
    ///   - store: The store.
    ///   - readsData: Whether to read its files.
    ///   - faultLimit: The most faults of names that are wanted.
    /// - Throws: `SystemError` when this process has no descriptor or no memory left, which says nothing of the layer.
    init(_ key: LayerKey, in store: LayerStore, readsData: Bool, faultLimit: Int = LayerCheck.faultLimit) throws {
        diagnosis = try store.diagnose(key, faultLimit: faultLimit)
        guard readsData, let parts = diagnosis.parts else { return }
        do {
            try read(parts, in: store)
        } catch let error as SystemError where error.isExhausted {
            throw error
        } catch {
            failure = LayerError.wrapping(error).message
        }
    }

    /// Whether all is as it was.
    var isIntact: Bool { diagnosis.isIntact && diagnosis.strangers.isEmpty && failure == nil }

    private mutating func read(_ parts: LayerDiagnosis.Parts, in store: LayerStore) throws {
        let summary = parts.record.summary
        let content = try ContentCheck(parts.index, layer: parts.directory)
        let layer = StoredLayer(diffID: summary.diffID, key: diagnosis.key, tarByteCount: summary.tarByteCount)
        byteCount = summary.tarByteCount
        guard let reason = try Self.recreationFailure(layer, parts, in: store) else {
            diagnosis.faults += try content.damagedFilesBesideTar()
            return
        }
        diagnosis.faults += try content.damagedFiles()
        if !diagnosis.faults.contains(where: \.needsContent) { diagnosis.faults += try content.suspectShadows() }
        if diagnosis.faults.isEmpty { failure = reason }
    }

    /// Why the tar does not come out as it went in; nil when it does.
    private static func recreationFailure(
        _ layer: StoredLayer,
        _ parts: LayerDiagnosis.Parts,
        in store: LayerStore
    ) throws -> String? {
        let tar = RecreatedTar(layer, in: store, parts: (parts.directory, parts.index))
        do {
            while try !tar.nextChunk().isEmpty {}
            return nil
        } catch {
            let failure = LayerError.wrapping(error)
            if let lack = (failure.cause ?? error) as? SystemError, lack.isExhausted { throw lack }
            return failure.message
        }
    }

    /// What is wrong, as of a store: of one name nothing that follows from another fault of the name.
    var findings: [StoreFinding] {
        var diagnosis = diagnosis
        let broken = Set(diagnosis.faults.filter(Self.tellsOfContent).map(\.path))
        var seen: Set<LayerFault> = []
        diagnosis.faults = diagnosis.faults.filter { fault in
            seen.insert(fault).inserted && !(fault.aspect == .content && broken.contains(fault.path))
        }
        let rest = failure.map {
            StoreFinding(.layer, diagnosis.key.digest.description, nil, $0, remedy: Remedy.archive)
        }
        return diagnosis.findings + [rest].compactMap(\.self)
    }

    private static func tellsOfContent(_ fault: LayerFault) -> Bool {
        [.missing, .kind, .size, .unreadable].contains(fault.aspect)
    }
}
