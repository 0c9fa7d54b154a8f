import LayerArchive
import LayerModel
import LayerSystem
import Synchronization

/// How much the layers of one command may unpack to together, and what must stay free where they are written.
final class UnpackingBudget: Sendable {
    private let byteLimit: Int64
    private let freeByteCount: Int64
    private let directory: Directory
    private let spent = Atomic<Int64>(0)

    /// Takes the limits of a command.
    ///
    /// - Parameters:
    ///   - limits: The limits.
    ///   - directory: A directory of the file system that is written to.
    init(_ limits: InputLimits, directory: Directory) {
        byteLimit = limits[.imageBytes]
        freeByteCount = limits[.freeBytes]
        self.directory = directory
    }

    /// Counts bytes that are to be written.
    ///
    /// - Parameter byteCount: How many.
    /// - Throws: `ArchiveError.limit` when all layers together are too large; `LayerError` when too little would stay free.
    func spend(_ byteCount: Int64) throws {
        let total = spent.wrappingAdd(byteCount, ordering: .relaxed).newValue
        guard total <= byteLimit else {
            throw ArchiveError.limit(.imageBytes, "the layers unpack to more than \(byteLimit) bytes together")
        }
        guard freeByteCount > 0 else { return }
        let room = try directory.fileSystemFacts().availableByteCount
        guard room - byteCount < freeByteCount else { return }
        let reason = "\(directory.label): less than \(freeByteCount) bytes would stay free on the file system"
        throw LayerError(.failure, InputLimit.freeBytes.refusal(reason))
    }
}
