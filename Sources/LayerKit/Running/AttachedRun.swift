import ImageSpec
import LayerModel
import LayerSystem

/// A run whose process has the streams of this one.
struct AttachedRun {
    /// The run, prepared.
    let run: ContainerRun

    /// Runs the process to its end.
    ///
    /// - Returns: What it ended with.
    func complete() throws -> Int32 {
        let settings = run.config.settings
        let isReading = settings.keepsInput || settings.hasTerminal
        let verb = ["run", "--bundle", run.place.path, "--pid-file", run.place.processPath, run.id.hex]
        let status: Int32
        do {
            try run.begin()
            let input = isReading ? nil : try File.openForReading(path: "/dev/null")
            let words = run.runtime.arguments(verb, in: run.place)
            status = try ChildProcess.start(run.runtime.path, words, streams: (input, nil, nil)).waitForwardingSignals()
        } catch {
            try? run.end(1, failure: "\(error)")  // reason: the first error is the one to report
            throw error
        }
        // The runtime writes the number once the process is there.
        guard run.place.processID() != nil else {
            let error = run.startError("")
            try? run.end(1, failure: error.message)  // reason: the first error is the one to report
            throw error
        }
        try run.end(status)
        return status
    }
}
