import LayerModel

/// The tar of a layer on its way to the disk, counted in a budget, a megabyte at a time.
final class BudgetedSource: ByteSource {
    private static let step: Int64 = 1 << 20

    private let upstream: any ByteSource
    private let budget: UnpackingBudget
    private var pending: Int64 = 0

    /// Watches a source.
    ///
    /// - Parameters:
    ///   - upstream: The uncompressed bytes.
    ///   - budget: What they are counted in.
    init(_ upstream: any ByteSource, _ budget: UnpackingBudget) {
        self.upstream = upstream
        self.budget = budget
    }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        let chunk = try upstream.nextChunk()
        pending += Int64(chunk.count)
        if pending >= Self.step || chunk.isEmpty {
            try budget.spend(pending)
            pending = 0
        }
        return chunk
    }
}
