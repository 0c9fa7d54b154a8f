import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// One run of the program: arguments in, an exit status out.
struct Invocation {
    let arguments: [String]

    /// Parses and runs; says on the standard error what went wrong.
    func run() -> ExitStatus {
        do {
            let arguments = DockerFlags.normalized(DockerFlags.withStoreOptionsBehindVerb(arguments))
            if arguments == ["--version"] {
                try printVersion()
                return .success
            }
            var command = try VerbParser.parse(arguments) ?? Layerctl.parseAsRoot(arguments)
            try command.run()
            try StandardStream.output.flush()
            return .success
        } catch {
            let status = report(error)
            return runs ? status.ofRun : status
        }
    }

    /// Scripts ask for it often; the parser would look through all verbs first.
    private func printVersion() throws(SystemError) {
        try StandardStream.output.write(Layerctl.configuration.version + "\n")
        try StandardStream.output.flush()
    }

    /// Whether the verb's exit status is that of a process.
    private var runs: Bool {
        let words = DockerFlags.withStoreOptionsBehindVerb(arguments)
        return words.first == "run" || words.starts(with: ["container", "run"])
    }

    private func report(_ error: any Error) -> ExitStatus {
        let cause = (error as? LayerError)?.cause ?? error
        if let error = cause as? SystemError, error.isBrokenPipe { return .success }
        // What was printed before the error belongs to the result. Where it cannot be written, both errors are said.
        do throws(SystemError) {
            try StandardStream.output.flush()
        } catch {
            if !error.isBrokenPipe { say("layerctl: " + TerminalText.escape(error.description)) }
        }
        if let status = error as? ExitStatusError { return status.status }
        if let error = error as? LayerError {
            say("layerctl: " + TerminalText.escape(error.message, keeping: [.lineFeed]))
            return ExitStatus(error)
        }
        if let error = error as? TemplateError {
            say("layerctl: " + TerminalText.escape(error.description))
            return .usage
        }
        if let error = error as? SystemError {
            say("layerctl: " + TerminalText.escape(error.description))
            return .failure
        }
        return reportUsage(error)
    }

    /// What the argument parser says: help and versions are results, all else is a wrong command line.
    private func reportUsage(_ error: any Error) -> ExitStatus {
        let message = Layerctl.fullMessage(for: error)
        guard Layerctl.exitCode(for: error) != .success else {
            do {
                try StandardStream.output.write(message + "\n")
                try StandardStream.output.flush()
            } catch {
                return error.isBrokenPipe ? .success : .failure
            }
            return .success
        }
        say(TerminalText.escape(message, keeping: [.lineFeed]))
        return .usage
    }

    private func say(_ line: String) {
        try? StandardStream.error.write(line + "\n")  // reason: nothing is left to tell it to
    }
}

/// Ends the process with a status after everything was said already.
struct ExitStatusError: Error {
    let status: ExitStatus
}
