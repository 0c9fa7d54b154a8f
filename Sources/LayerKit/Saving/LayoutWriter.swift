import ImageTransport
import LayerModel
import LayerSystem

/// Writes the planned files of images, in one pass.
struct LayoutWriter {
    /// How many layers are begun before they are written.
    private static let depth = 2

    private let members: [(name: String, content: LayoutPlan.Content)]
    /// Opens the bytes of a layer, read by a thread that is ahead where that is asked for.
    private let open: (_ layer: OutgoingLayer, _ readsAhead: Bool) throws -> any ByteSource

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - plan: The files.
    ///   - open: Opens the bytes of a layer of the plan, verified at their end.
    init(_ plan: LayoutPlan, open: @escaping (OutgoingLayer, Bool) throws -> any ByteSource) {
        members = plan.members
        self.open = open
    }

    /// Writes all files.
    ///
    /// - Parameter sink: Takes them.
    /// - Throws: What opening and reading layers met, and what the sink threw.
    func write(into sink: any ImageSink) throws {
        var waiting: [any ByteSource] = []
        var rest = members.compactMap { member in
            if case .layer(let layer) = member.content { layer } else { nil }
        }[...]
        let readsAhead = WorkerPool.processorCount > 1
        for (name, content) in members {
            switch content {
            case .directory: try sink.addDirectory(name)
            case .link(let target): try sink.addSymbolicLink(name, to: target)
            case .document(let bytes):
                try sink.begin(name, byteCount: Int64(bytes.count))
                try bytes.withUnsafeBytes { try sink.write($0) }
            case .layer(let layer):
                try sink.begin(name, byteCount: layer.byteCount)
                while waiting.count < Self.depth, let next = rest.popFirst() {
                    waiting.append(try open(next, readsAhead))
                }
                try waiting.removeFirst().forEachChunk { try sink.write($0) }
            }
        }
        try sink.finish()
    }
}
