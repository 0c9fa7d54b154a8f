import LayerKit
import LayerModel
import LayerSystem
import Synchronization
import TextOutput

/// How progress is shown.
enum ProgressStyle: String, CaseIterable {
    /// Bars on a terminal, nothing elsewhere.
    case auto
    /// One line for each layer.
    case plain
    /// One JSON object for each event.
    case json
    /// Nothing.
    case none
}

/// Shows on the standard error how far a load has come.
///
/// Threads report to it at will.
final class ProgressMeter: Sendable {
    private enum Display { case bar, plain, json, nothing }

    private struct State {
        var plan: [PlannedLayer] = []
        var total: Int64 = 0
        var done: Int64 = 0
        var finishedCount = 0
        var start: UInt64 = 0
        var lastDrawn: UInt64 = 0
        var isDrawn = false
    }

    /// A bar is drawn at most ten times a second.
    private static let interval: UInt64 = 100_000_000

    private let display: Display
    private let state = Mutex(State())

    /// Chooses what to show.
    init(_ style: ProgressStyle, isQuiet: Bool) {
        switch style {
        case _ where isQuiet: display = .nothing
        case .auto: display = Host.isTerminal(StandardStream.error.descriptor) ? .bar : .nothing
        case .plain: display = .plain
        case .json: display = .json
        case .none: display = .nothing
        }
    }

    /// Takes an event from a load.
    func report(_ event: LoadEvent) {
        guard display != .nothing else { return }
        state.withLock { state in
            switch event {
            case .planned(let plan):
                state.plan = plan
                state.total = plan.reduce(0) { $0 + ($1.isPresent ? 0 : $1.byteCount) }
                state.finishedCount = plan.count { $0.isPresent }
                state.start = Host.monotonicNanoseconds()
            case .advanced(let byteCount): state.done += byteCount
            case .unpacked: state.finishedCount += 1
            case .synchronizing: break
            }
            show(event, &state)
        }
    }

    /// Wipes the bar away, before results are printed.
    func finish() {
        state.withLock { state in
            if state.isDrawn { write("\r\u{1b}[K") }
            state.isDrawn = false
        }
    }

    private func show(_ event: LoadEvent, _ state: inout State) {
        switch display {
        case .bar: drawBar(&state)
        case .plain: writePlain(event, state)
        case .json: writeJSON(event, state)
        case .nothing: break
        }
    }

    private func drawBar(_ state: inout State) {
        let now = Host.monotonicNanoseconds()
        guard now - state.lastDrawn >= Self.interval || state.done >= state.total else { return }
        state.lastDrawn = now
        state.isDrawn = true
        let share = state.total > 0 ? Double(state.done) / Double(state.total) : 1
        let line = ProgressLine(
            share: min(1, share),
            done: state.done,
            total: state.total,
            finishedCount: state.finishedCount,
            layerCount: state.plan.count,
            elapsedNanoseconds: now - state.start
        )
        let columns = Host.terminalColumnCount(StandardStream.error.descriptor) ?? 80
        write("\r" + line.text(columns: columns) + "\u{1b}[K")
    }

    private func writePlain(_ event: LoadEvent, _ state: State) {
        switch event {
        case .planned(let plan):
            for layer in plan {
                let size = HumanSize.text(layer.byteCount)
                write(
                    "\(layer.diffID.digest.hex.prefix(12)): \(layer.isPresent ? "already there" : "waiting (\(size))")\n"
                )
            }
        case .unpacked(let place): write("\(state.plan[place].diffID.digest.hex.prefix(12)): unpacked\n")
        case .synchronizing: write("waiting for the disk\n")
        case .advanced: break
        }
    }

    private func writeJSON(_ event: LoadEvent, _ state: State) {
        switch event {
        case .planned(let plan):
            let present = plan.count { $0.isPresent }
            write("{\"event\":\"planned\",\"layers\":\(plan.count),\"present\":\(present),\"total\":\(state.total)}\n")
        case .advanced:
            write("{\"done\":\(state.done),\"event\":\"advanced\",\"total\":\(state.total)}\n")
        case .unpacked(let place):
            write("{\"diffID\":\"\(state.plan[place].diffID)\",\"event\":\"unpacked\"}\n")
        case .synchronizing: write("{\"event\":\"synchronizing\"}\n")
        }
    }

    private func write(_ text: String) {
        try? StandardStream.error.write(text)  // reason: progress that cannot be shown is no reason to stop
    }
}
