import ArgumentParser

/// Parses a command line for the one verb that it names.
///
/// The parser looks through all commands for those that ask for completion scripts, and through their types at run time: with one verb alone
/// a command starts a millisecond earlier. Whatever is not understood so is for the whole command to explain.
enum VerbParser {
    /// Parses what names a verb of the whole command first.
    ///
    /// - Parameter arguments: The command line without the program.
    /// - Returns: The command; nil when the whole command has to be asked: for help, for completions, and for what is wrong.
    static func parse(_ arguments: [String]) -> (any ParsableCommand)? {
        guard let name = arguments.first, let verb = verb(name) else { return nil }
        return parse(verb, arguments)
    }

    private static func verb(_ name: String) -> (any ParsableCommand.Type)? {
        Layerctl.configuration.subcommands.first { verb in
            let configuration = verb.configuration
            return configuration.commandName == name || configuration.aliases.contains(name)
        }
    }

    private static func parse<Verb: ParsableCommand>(_ verb: Verb.Type, _ arguments: [String]) -> (any ParsableCommand)?
    {
        // reason: the whole command parses again what does not parse here, and says what is wrong
        guard let command = try? OneVerb<Verb>.parseAsRoot(arguments) else { return nil }
        // A request for help is a command of the parser's own.
        return isPart(type(of: command), of: verb) ? command : nil
    }

    private static func isPart(_ command: any ParsableCommand.Type, of verb: any ParsableCommand.Type) -> Bool {
        command == verb || verb.configuration.subcommands.contains { isPart(command, of: $0) }
    }
}

/// The whole command with one verb.
private struct OneVerb<Verb: ParsableCommand>: ParsableCommand {
    static var configuration: CommandConfiguration {
        // A name above the root is what tells the parser not to look for requests of completion scripts.
        CommandConfiguration(commandName: "layerctl", _superCommandName: "", subcommands: [Verb.self])
    }
}
