import ArgumentParser
import LayerKit
import TextOutput

/// The options that every prune verb has.
struct PruneOptions: ParsableArguments {
    @Option(help: ArgumentHelp("until=, label=, label!=", valueName: "filter")) var filter: [String] = []
    @Flag(name: .shortAndLong, help: "Do not ask.") var force = false
    @Flag(help: "Show what would be removed, and remove nothing.") var dryRun = false
    @OptionGroup var store: StoreOptions

    /// Asks unless that is not wanted.
    ///
    /// - Parameter warning: What is going to happen; an empty line follows where it has several.
    /// - Returns: Whether to go on.
    /// - Throws: `SystemError`.
    func confirm(_ warning: String) throws -> Bool {
        if force || dryRun { return true }
        let question = TerminalText.escape(warning, keeping: [.lineFeed]) + "\nAre you sure you want to continue?"
        return try Confirmation.ask(question)
    }

    /// Opens the store, as far as it is to be changed.
    func open() throws -> ImageStore { try dryRun ? store.openToRead() : store.openToWrite() }
}
