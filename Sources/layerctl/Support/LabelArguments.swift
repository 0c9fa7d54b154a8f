import ArgumentParser
import LayerKit
import LayerSystem

/// Labels on the command line and in files.
///
/// Source: docker/cli `opts/file.go`, `opts/opts.go`.
struct LabelArguments: ParsableArguments {
    private static let fileByteLimit = 4 << 20

    @Option(name: .shortAndLong, help: ArgumentHelp("A label; one without = is empty.", valueName: "key=value"))
    var label: [String] = []
    @Option(help: ArgumentHelp("A file with a label on each line.", valueName: "file"))
    var labelFile: [String] = []

    /// The labels; those of the command line stand above those of files, later ones above earlier ones.
    func labels() throws -> [String: String] {
        var labels: [String: String] = [:]
        for path in labelFile {
            for line in try Self.lines(of: path) { try Self.add(line, to: &labels) }
        }
        for text in label { try Self.add(text, to: &labels) }
        return labels
    }

    private static func lines(of path: String) throws -> [String] {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try File.openForReading(path: path).readAll(byteLimit: fileByteLimit)
        } catch {
            throw LayerError(error.isNotFound ? .notFound : .failure, "\(error)", cause: error)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw LayerError(.usage, "\(path): not UTF-8")
        }
        return text.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
            .filter { !$0.isEmpty && $0.first != "#" }.map(String.init)
    }

    private static func add(_ text: String, to labels: inout [String: String]) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard !parts[0].allSatisfy(\.isWhitespace) else {
            throw LayerError(.usage, "invalid label \"\(text)\": empty name")
        }
        labels[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
    }
}
