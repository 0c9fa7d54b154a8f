import LayerSystem
import TextOutput

/// Warnings, behind all that was printed.
enum WarningList {
    /// Writes a line for each to the standard error.
    static func write(_ warnings: [String]) throws {
        guard !warnings.isEmpty else { return }
        try StandardStream.output.flush()
        for warning in warnings {
            try StandardStream.error.write("layerctl: warning: \(TerminalText.escape(warning))\n")
        }
    }
}
