import LayerArchive
import LayerModel
package import LayerSystem
package import LayerTree

/// What a look at a layer of the store tells, without its files' contents.
package struct LayerDiagnosis: Sendable {
    /// Why a layer is of no use: a part of it without which nothing can be said of the others.
    package struct Failure: Sendable {
        /// The part, in the layer's directory; nil for the directory itself.
        package let part: String?
        /// What is wrong with it.
        package let reason: String
    }

    /// The parts of a layer by which all others are judged.
    package struct Parts: Sendable {
        /// The layer's directory.
        package let directory: Directory
        /// Its record.
        package let record: LayerRecord
        /// Its index, which has the digest that the record says.
        package let index: LayerIndex
        /// What its disk can hold.
        package let manner: LayerCheck.Manner
    }

    /// The layer.
    package let key: LayerKey
    /// What the others are judged by; nil for a layer of no use.
    package let parts: Parts?
    /// Why the layer is of no use; nil for one that is of use.
    package let failure: Failure?
    /// What is not as the index says.
    package var faults: [LayerFault] = []
    /// Names in the layer's directory that are none of its own.
    package var strangers: [[UInt8]] = []

    /// Whether it is as it was, its files' contents apart.
    package var isIntact: Bool { failure == nil && faults.isEmpty }
}

extension LayerStore {
    private static let recordName = "layer.json"
    private static let indexName = String(decoding: LayerUnpacker.indexName, as: UTF8.self)
    private static let treeName = String(decoding: LayerUnpacker.treeName, as: UTF8.self)

    /// Looks at a layer: its record, its index against the digest in the record, and every name of its tree against the index.
    ///
    /// - Parameters:
    ///   - key: The layer.
    ///   - faultLimit: The most faults that are wanted.
    ///   - glances: How many threads see first whether anything of the tree was touched since it was made, which spares most of the work; 0 to
    ///     look at everything, whatever the times of change say.
    /// - Returns: What is wrong; no files' contents are read.
    /// - Throws: `SystemError` when this process has no descriptor or no memory left, which says nothing of the layer.
    package func diagnose(
        _ key: LayerKey,
        faultLimit: Int = LayerCheck.faultLimit,
        glances: Int = 0
    ) throws -> LayerDiagnosis {
        do {
            let parts = try parts(of: key)
            var diagnosis = LayerDiagnosis(key: key, parts: parts, failure: nil)
            let tree = try parts.directory.open(Self.treeName)
            if try glances == 0 || !isUntouched(tree, parts, workers: glances) {
                diagnosis.faults = try LayerCheck.faults(in: tree, parts.index, parts.manner, limit: faultLimit)
            }
            let content = try ContentCheck(parts.index, layer: parts.directory)
            diagnosis.faults += try content.shadowFaults()
            diagnosis.strangers = try strangers(in: parts.directory, content)
            return diagnosis
        } catch let failure as PartError {
            return LayerDiagnosis(key: key, parts: nil, failure: .init(part: failure.part, reason: failure.reason))
        } catch let error as SystemError where error.isExhausted {
            throw error
        } catch {
            let reason = (error as? SystemError)?.reason ?? "\(error)"
            return LayerDiagnosis(key: key, parts: nil, failure: .init(part: Self.treeName, reason: reason))
        }
    }

    private func isUntouched(_ tree: Directory, _ parts: LayerDiagnosis.Parts, workers: Int) throws -> Bool {
        // The index is the last that is written of a layer.
        let finished = try parts.directory.status(LayerUnpacker.indexName).changeTime
        return LayerCheck.isUntouched(tree, parts.index, parts.manner, since: finished, workers: workers)
    }

    /// A part of a layer that is not as it was.
    private struct PartError: Error {
        let part: String?
        let reason: String
    }

    private func parts(of key: LayerKey) throws -> LayerDiagnosis.Parts {
        guard let directory = try Self.naming(nil, { try layerDirectory(key) }) else {
            throw PartError(part: nil, reason: "is not in the store")
        }
        let record = try Self.naming(Self.recordName) { try RecordFile.read(Self.recordName, in: directory) }
        guard let record else { throw PartError(part: Self.recordName, reason: "missing") }
        let layer = try Self.naming(Self.recordName) { try LayerRecord(record, subject: directory.label) }
        guard layer.key == key else {
            throw PartError(part: Self.recordName, reason: "damaged record: it is that of layer \(layer.key.digest)")
        }
        let index = try Self.naming(Self.indexName) {
            let file = try directory.openFile(LayerUnpacker.indexName)
            guard try file.byteCount() == layer.indexByteCount else {
                throw PartError(part: Self.indexName, reason: "its length is another than the record says")
            }
            guard try file.digest(layer.indexDigest.algorithm) == layer.indexDigest else {
                throw PartError(part: Self.indexName, reason: "its digest is another than the record says")
            }
            return try LayerIndex(MappedFile(file))
        }
        let isRoot = UpperForm.ofThisProcess.hasExactOwners
        let manner = LayerCheck.Manner(
            isExact: isRoot && layer.isPrivileged,
            seesMarks: isRoot || layer.usesUserAttributes
        )
        return LayerDiagnosis.Parts(directory: directory, record: layer, index: index, manner: manner)
    }

    private func strangers(in layer: Directory, _ content: ContentCheck) throws -> [[UInt8]] {
        let own = [
            Array(Self.recordName.utf8), LayerUnpacker.indexName, LayerUnpacker.treeName, LayerUnpacker.shadowedName,
        ]
        let strangers = try layer.list().filter { !own.contains($0) }
        let shadows = try content.strangersAmongShadows().map { LayerUnpacker.shadowedName + [UInt8(ascii: "/")] + $0 }
        return strangers + shadows
    }

    /// Gives every error the name of the part that it is about.
    private static func naming<R>(_ part: String?, _ body: () throws -> R) throws -> R {
        do {
            return try body()
        } catch let error as PartError {
            throw error
        } catch let error as StorageError {
            throw PartError(part: part, reason: error.reason)
        } catch let error as SystemError where !error.isExhausted {
            throw PartError(part: part, reason: error.isNotFound ? "missing" : error.reason)
        } catch let error as SystemError {
            throw error
        } catch {
            throw PartError(part: part, reason: "\(error)")
        }
    }
}
