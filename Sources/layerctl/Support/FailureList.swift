import LayerKit
import LayerSystem
import TextOutput

/// The errors of a verb that tries all its arguments, whatever becomes of one.
struct FailureList {
    private var errors: [LayerError]

    /// Begins with the failures of what was tried at once.
    ///
    /// - Parameters:
    ///   - errors: The failures.
    ///   - damaged: Lines for records that say nothing, where such a one might have been asked for.
    init(_ errors: [LayerError] = [], damaged: [String] = []) {
        self.errors = errors + damaged.map { LayerError(.failure, $0) }
    }

    /// Does what belongs to one argument and keeps its error.
    mutating func attempt(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as LayerError {
            errors.append(error)
        }
    }

    /// Says what went wrong, behind all that was printed, and ends the program with the status of the worst: the highest.
    func report() throws {
        guard let status = errors.map({ ExitStatus($0) }).max(by: { $0.rawValue < $1.rawValue }) else { return }
        // Where the output cannot be written either, why the work failed is what the user needs first.
        let flushing = Result { try StandardStream.output.flush() }
        for error in errors {
            try StandardStream.error.write(
                "layerctl: " + TerminalText.escape(error.message, keeping: [.lineFeed]) + "\n"
            )
        }
        try flushing.get()
        throw ExitStatusError(status: status)
    }
}
