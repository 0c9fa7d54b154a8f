import LayerModel

/// Reports the bytes that pass, a megabyte at a time, so that threads do not meet at the report.
final class CountingSource: ByteSource {
    private static let step: Int64 = 1 << 20

    private let upstream: any ByteSource
    private let share: Double
    private let limit: Int64
    private let report: (Int64) -> Void
    private var pending: Int64 = 0
    private var reported: Int64 = 0

    /// Watches a source.
    ///
    /// - Parameters:
    ///   - upstream: The uncompressed bytes.
    ///   - limit: The stored bytes that all of it stands for: the report never goes beyond.
    ///   - share: How many stored bytes an uncompressed one stands for.
    ///   - report: Gets counts of stored bytes.
    init(_ upstream: any ByteSource, limit: Int64, share: Double, report: @escaping (Int64) -> Void) {
        self.upstream = upstream
        self.limit = limit
        self.share = share
        self.report = report
    }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        let chunk = try upstream.nextChunk()
        pending += Int64(chunk.count)
        if pending >= Self.step || chunk.isEmpty { flush(isAtEnd: chunk.isEmpty) }
        return chunk
    }

    private func flush(isAtEnd: Bool) {
        let count = isAtEnd ? limit - reported : min(limit - reported, Int64(Double(pending) * share))
        pending = 0
        guard count > 0 else { return }
        reported += count
        report(count)
    }
}
