import LayerKit
import LayerSystem

/// Files with an argument on each line.
///
/// Source: docker/cli `opts/file.go`.
enum ArgumentFile {
    private static let byteLimit = 4 << 20

    /// The lines without the blanks before them, and without empty ones and comments.
    static func lines(of path: String) throws -> [String] {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try File.openForReading(path: path).readAll(byteLimit: byteLimit)
        } catch {
            throw LayerError(error.isNotFound ? .notFound : .failure, "\(error)", cause: error)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw LayerError(.usage, "\(path): not UTF-8")
        }
        return text.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
            .filter { !$0.isEmpty && $0.first != "#" }.map(String.init)
    }
}
