import ArgumentParser
import LayerKit

/// Labels on the command line and in files.
///
/// Source: docker/cli `opts/file.go`, `opts/opts.go`.
struct LabelArguments: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("A label; one without = is empty.", valueName: "key=value"))
    var label: [String] = []
    @Option(help: ArgumentHelp("A file with a label on each line.", valueName: "file"))
    var labelFile: [String] = []

    /// The labels; those of the command line stand above those of files, later ones above earlier ones.
    func labels() throws -> [String: String] {
        var labels: [String: String] = [:]
        for path in labelFile {
            for line in try ArgumentFile.lines(of: path) { try Self.add(line, to: &labels) }
        }
        for text in label { try Self.add(text, to: &labels) }
        return labels
    }

    private static func add(_ text: String, to labels: inout [String: String]) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard !parts[0].allSatisfy(\.isWhitespace) else {
            throw LayerError(.usage, "invalid label \"\(text)\": empty name")
        }
        labels[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
    }
}
