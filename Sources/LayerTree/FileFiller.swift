import LayerArchive
import LayerModel
import LayerSystem

/// Fills small files while others are made: a second thread does it, and when that has enough to do, whoever makes them.
final class FileFiller {
    /// How long a file may be that waits in memory.
    private static let fileByteLimit: Int64 = 32 << 10
    /// How many batches may wait: what bounds memory and open files.
    private static let batchLimit = 4

    /// What came of filling files.
    struct Outcome {
        /// The digests, each with its place.
        let digests: [(place: Int32, digest: ContentDigest)]
        /// How many files cannot belong to whom they should.
        let refusedOwnerCount: Int
    }

    private typealias Job = SharedJob<Result<Int, SystemError>>

    private let isWanted: () -> Bool
    private let work = SharedWork<Result<Int, SystemError>>(weightLimit: 1)
    /// What was passed on, the oldest first.
    private var waiting: [(batch: FileBatch, job: Job)] = []
    /// What files are added to.
    private(set) var batch = FileBatch()

    /// Begins without files; its thread starts when there are enough.
    ///
    /// - Parameter isWanted: Whether the next file is to be filled by somebody else.
    init(_ isWanted: @escaping () -> Bool) {
        self.isWanted = isWanted
    }

    /// Whether a file is one for it.
    func takes(_ inode: LedgerInode, _ attributes: InodeAttributes) -> Bool {
        inode.byteCount <= Self.fileByteLimit && attributes.extendedAttributes < 0 && isWanted()
    }

    /// Passes on what was gathered, if it is enough.
    ///
    /// - Returns: What came of the oldest batch, when it had to be waited for.
    /// - Throws: `SystemError` that a file met.
    func passOn() throws(SystemError) -> Outcome? {
        guard batch.isFull else { return nil }
        let full = batch
        let job = Job { Job.Outcome(full.fill(), weight: 0, offers: []) }
        waiting.append((full, job))
        work.offer([job])
        guard waiting.count == Self.batchLimit else {
            batch = FileBatch()
            return nil
        }
        let (oldest, outcome) = try takeOldest()
        oldest.reset()
        batch = oldest
        return outcome
    }

    /// Fills what is left.
    ///
    /// - Returns: What came of all that was not told yet.
    /// - Throws: `SystemError` that a file met.
    func finish() throws(SystemError) -> [Outcome] {
        var outcomes: [Outcome] = []
        while !waiting.isEmpty { outcomes.append(try takeOldest().outcome) }
        let refusedOwnerCount = try batch.fill().get()
        outcomes.append(Outcome(digests: batch.digests, refusedOwnerCount: refusedOwnerCount))
        batch.reset()
        return outcomes
    }

    private func takeOldest() throws(SystemError) -> (batch: FileBatch, outcome: Outcome) {
        let (batch, job) = waiting.removeFirst()
        let refusedOwnerCount = try work.value(of: job).get()
        return (batch, Outcome(digests: batch.digests, refusedOwnerCount: refusedOwnerCount))
    }
}
