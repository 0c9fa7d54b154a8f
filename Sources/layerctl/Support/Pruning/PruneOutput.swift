import ImageSpec
import LayerKit
import LayerModel
import LayerSystem
import TextOutput

/// What the prune verbs print.
///
/// Source: docker/cli `cli/command/image/prune.go`, `cli/command/container/prune.go`, `cli/command/volume/prune.go`.
enum PruneOutput {
    /// The block of what went; nothing where nothing did.
    ///
    /// - Parameters:
    ///   - kind: What it was (`Images`).
    ///   - lines: A line for each, safe for a terminal.
    /// - Throws: `SystemError`.
    static func write(deleted kind: String, _ lines: [String]) throws(SystemError) {
        guard !lines.isEmpty else { return }
        try StandardStream.output.write("Deleted \(kind):\n" + lines.map { $0 + "\n" }.joined() + "\n")
    }

    /// The line of images: names are untagged, images and layers deleted.
    static func line(_ item: RemovedItem) -> String {
        switch item {
        case .name(let reference): "untagged: \(TerminalText.escape(reference.familiar))"
        case .image(let id): "deleted: \(id)"
        case .layer(let id): "deleted: \(id)"
        case .kept(let id, _): "kept: \(id)"
        }
    }

    /// The last line.
    static func total(_ byteCount: Int64) -> String { "Total reclaimed space: \(VolumeTable.size(byteCount))\n" }
}
