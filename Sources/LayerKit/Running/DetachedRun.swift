import ImageSpec
import LayerModel
import LayerSystem

/// A run that a process of its own watches: it keeps what the container's process writes, and waits for it.
struct DetachedRun {
    private let run: ContainerRun

    /// What the watching process does.
    ///
    /// - Parameters:
    ///   - id: The container.
    ///   - options: How it is to be run.
    ///   - root: The store; what is open in the process that was forked is closed here.
    ///   - durability: What its changes have behind them.
    ///   - pipe: Where it says that the process runs, or why not.
    /// - Returns: The status of the watching process.
    static func main(
        _ id: ContainerID,
        _ options: RunOptions,
        root: String,
        _ durability: Durability,
        _ pipe: FileDescriptor
    ) -> Int32 {
        do {
            let images = try ImageStore(root: root, access: .writing, durability: durability)
            let watch = DetachedRun(run: try ContainerRun(id, options, in: images))
            // From here on: a keeper of a mount belongs to init.
            try DetachedProcess.adoptOrphans()
            try watch.main(pipe)
            return 0
        } catch {
            // reason: who asked may have gone, and what failed before is told no more than once
            try? pipe.writeAll(ForkReport(LayerError.wrapping(error)).bytes)
            return 1
        }
    }

    private func main(_ pipe: FileDescriptor) throws {
        let (process, log, input): (ChildProcess, ContainerLog, File?)
        do {
            (process, log, input) = try start()
        } catch {
            let failure = LayerError.wrapping(error)
            try? run.end(1, failure: failure.message)  // reason: the first error is the one to report
            throw failure
        }
        try? pipe.writeAll(ForkReport.success)  // reason: the process runs, whether somebody waits or not
        try? pipe.close()  // reason: as above
        let failure: (any Error)?
        do {
            try log.copy()
            failure = nil
        } catch {
            // A log that cannot be written must not end the process.
            failure = error
        }
        let status = try withExtendedLifetime(input) { try process.wait() }
        try run.end(status, failure: failure.map { "log: \($0)" } ?? "")
    }

    /// Lets the runtime make the process, and start it.
    ///
    /// - Returns: The process, its log, and what keeps its input from ending.
    private func start() throws -> (ChildProcess, ContainerLog, File?) {
        let settings = run.config.settings
        let output = try File.pipe()
        let errors = try File.pipe()
        let input = settings.keepsInput && !settings.hasTerminal ? try File.pipe() : nil
        let socket = settings.hasTerminal ? try TerminalSocket() : nil
        try create((input?.reader, output.writer, errors.writer), socket, reader: errors.reader)
        let terminal = try socket?.receive()
        guard let number = run.place.processID() else { throw run.startError("it names no process") }
        try run.begin()
        let outcome = try call(["start", run.id.hex])
        guard outcome.status == 0 else { throw run.startError(outcome.text) }
        let log = try ContainerLog(
            in: run.place.directory,
            output: terminal ?? output.reader,
            errors: terminal == nil ? errors.reader : nil,
            isKept: settings.isLogged
        )
        return (ChildProcess.adopted(number), log, input?.writer)
    }

    private func create(
        _ streams: consuming (input: File?, output: File, errors: File),
        _ terminal: TerminalSocket?,
        reader: File
    ) throws {
        let input = try streams.input ?? File.openForReading(path: "/dev/null")
        let verb =
            ["create", "--bundle", run.place.path, "--pid-file", run.place.processPath]
            + (terminal.map { ["--console-socket", $0.path] } ?? []) + [run.id.hex]
        let status = try ChildProcess.start(
            run.runtime.path,
            run.runtime.arguments(verb, in: run.place),
            streams: (input, streams.output, streams.errors)
        ).wait()
        guard status != 0 else { return }
        // Only the beginning: what the process itself would have written is not there yet.
        throw run.startError(String(decoding: try reader.readPart(byteCount: 4096), as: UTF8.self).oneLine)
    }

    private func call(_ verb: [String]) throws -> ChildProcess.Outcome {
        try ChildProcess.run(run.runtime.path, run.runtime.arguments(verb, in: run.place))
    }
}

extension String {
    /// The text without line ends and blanks around.
    fileprivate var oneLine: String { split(whereSeparator: \.isNewline).joined(separator: "; ") }
}
