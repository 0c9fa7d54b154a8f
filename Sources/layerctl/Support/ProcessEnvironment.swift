import LayerKit
import LayerSystem

/// Variables on the command line and in files.
///
/// Source: docker/cli `opts/env.go`, `opts/file.go`.
enum ProcessEnvironment {
    /// The variables as NAME=VALUE, those of files first.
    static func variables(_ arguments: [String], files: [String]) throws -> [String] {
        try (files.flatMap(ArgumentFile.lines) + arguments).compactMap(variable)
    }

    /// One without a value is the caller's; nil where the caller has none.
    private static func variable(_ text: String) throws -> String? {
        let name = String(text.prefix { $0 != "=" })
        guard !name.isEmpty else { throw LayerError(.usage, "invalid environment variable: \(text)") }
        return text.contains("=") ? text : Host.environment(name).map { "\(name)=\($0)" }
    }
}
