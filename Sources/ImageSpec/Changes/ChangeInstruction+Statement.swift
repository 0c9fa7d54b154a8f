extension ChangeInstruction {
    /// The instructions that a commit takes, in small letters.
    static let names: Set<String> = [
        "cmd", "entrypoint", "env", "expose", "healthcheck", "label", "onbuild", "stopsignal", "user", "volume",
        "workdir",
    ]

    /// Makes an instruction of a statement with one of those names.
    init(_ statement: ChangeStatement) throws(ChangeError.Reason) {
        let name = statement.name.uppercased()
        if name == "HEALTHCHECK" {
            self = .healthcheck(try HealthcheckChange(statement))
            return
        }
        try ChangeFlags.refuseAll(statement.flags)
        switch name {
        case "CMD": self = .command(statement.arguments.commandForm)
        case "ENTRYPOINT": self = .entrypoint(statement.arguments.commandForm)
        case "ENV": self = .variables(try Self.pairs(statement.arguments, name))
        case "LABEL": self = .labels(try Self.pairs(statement.arguments, name))
        case "EXPOSE": self = .ports(try Self.list(statement.arguments, name))
        case "VOLUME": self = .volumes(try Self.volumes(statement.arguments))
        case "USER": self = .user(try Self.text(statement.arguments, name))
        case "WORKDIR": self = .workingDirectory(try Self.text(statement.arguments, name))
        case "STOPSIGNAL": self = .stopSignal(try Self.text(statement.arguments, name))
        case "ONBUILD": self = .trigger(try Self.trigger(statement))
        default: throw .notAChangeCommand(statement.name)
        }
    }

    private static func pairs(_ arguments: ChangeArguments, _ name: String) throws(ChangeError.Reason) -> [ChangePair] {
        guard case .pairs(let pairs) = arguments else { throw .needsArgument(name) }
        guard pairs.allSatisfy({ !$0.name.isEmpty }) else { throw .blankName(name) }
        return pairs
    }

    private static func list(_ arguments: ChangeArguments, _ name: String) throws(ChangeError.Reason) -> [String] {
        guard case .list(let words) = arguments, !words.isEmpty else { throw .needsArgument(name) }
        return words
    }

    private static func volumes(_ arguments: ChangeArguments) throws(ChangeError.Reason) -> [String] {
        let paths = try list(arguments, "VOLUME").map { path in
            String(ChangeText.trimmed(path.unicodeScalars[...]))
        }
        guard paths.allSatisfy({ !$0.isEmpty }) else { throw .emptyVolume }
        return paths
    }

    private static func text(_ arguments: ChangeArguments, _ name: String) throws(ChangeError.Reason) -> String {
        guard case .text(let text) = arguments else { throw .needsOneArgument(name) }
        return text
    }

    private static func trigger(_ statement: ChangeStatement) throws(ChangeError.Reason) -> String {
        guard case .trigger(let inner) = statement.arguments else { throw .needsArgument("ONBUILD") }
        switch inner.name {
        case "onbuild": throw .chainedTrigger
        case "maintainer", "from": throw .forbiddenTrigger(inner.name.uppercased())
        default: break
        }
        // What stands there is kept as it is, up to and with the lines of its heredocs.
        let text = ChangeText.trimmedAtStart(statement.text.unicodeScalars[...])
        let trigger = ChangeText.trimmedAtStart(text.dropFirst("onbuild".unicodeScalars.count))
        return String(trigger) + statement.heredocs
    }
}
