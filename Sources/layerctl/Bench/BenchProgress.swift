import LayerKit
import LayerSystem

/// Shows on a terminal what is being measured.
final class BenchProgress {
    private let isShown = Host.isTerminal(StandardStream.error.descriptor)
    private var isDrawn = false

    /// Takes how far the benchmark is.
    func report(_ progress: LayerBenchmark.Progress) {
        guard isShown else { return }
        let step = progress.subject.map(BenchText.subject) ?? "preparing"
        isDrawn = true
        write("\rrun \(progress.run)/\(progress.runCount)  \(step)\u{1b}[K")
    }

    /// Wipes the line away, before results are printed.
    func finish() {
        if isDrawn { write("\r\u{1b}[K") }
    }

    private func write(_ text: String) {
        try? StandardStream.error.write(text)  // reason: progress that cannot be shown is no reason to stop
    }
}
