import ImageSpec
import LayerModel
import LayerSystem

/// A run whose process has the streams of this one, or what it writes comes out of them.
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
        var failure = ""
        do {
            try run.begin()
            let input = isReading ? nil : try File.openForReading(path: "/dev/null")
            let words = run.runtime.arguments(verb, in: run.place)
            if settings.isLogged && !settings.hasTerminal {
                let (process, logger) = try startLogged(words, input)
                status = try process.waitForwardingSignals()
                if try logger.wait() != 0 { failure = "not all that it wrote was kept" }
            } else {
                let process = try ChildProcess.start(run.runtime.path, words, streams: (input, nil, nil))
                status = try process.waitForwardingSignals()
            }
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
        try run.end(status, failure: failure)
        return status
    }

    /// Starts the runtime, and before it a process that copies what comes out.
    private func startLogged(_ words: [[UInt8]], _ input: File?) throws -> (ChildProcess, logger: ChildProcess) {
        let output = try File.pipe()
        let errors = try File.pipe()
        let logger = try ChildProcess.fork {
            Host.ignoreRequestsToEnd()
            do {
                // The ends that are written to belong to the runtime: as long as they are open here, they never end.
                try output.writer.descriptor.close()
                try errors.writer.descriptor.close()
                try ContainerLog(
                    in: run.place.directory,
                    output: output.reader,
                    errors: errors.reader,
                    echoes: [FileDescriptor(rawValue: 1), FileDescriptor(rawValue: 2)]
                ).copy()
                return 0
            } catch {
                return 1
            }
        }
        let streams = (input, output.writer, errors.writer)
        return (try ChildProcess.start(run.runtime.path, words, streams: streams), logger)
    }
}
