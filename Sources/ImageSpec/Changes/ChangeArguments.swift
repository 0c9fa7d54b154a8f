/// What follows the name and the flags of an instruction, read as that instruction wants it.
///
/// Source: buildkit `frontend/dockerfile/parser/line_parsers.go`.
indirect enum ChangeArguments: Hashable, Sendable {
    /// Nothing follows.
    case none
    case pairs([ChangePair])
    case command(CommandForm)
    /// Words, or the elements of a JSON array.
    case list([String])
    case text(String)
    /// A kind of check, as it is written, and a command.
    case health(kind: String, command: CommandForm?)
    /// The instruction of an ONBUILD.
    case trigger(ChangeStatement)

    /// The command, if this is one.
    var commandForm: CommandForm? {
        if case .command(let form) = self { form } else { nil }
    }

    /// Reads the rest of an instruction.
    ///
    /// - Parameters:
    ///   - rest: Without blanks at its ends.
    ///   - name: The instruction, in small letters; of one that nobody knows nothing is read.
    ///   - escape: The escape character.
    ///   - line: The line on which the instruction begins.
    /// - Throws: When words have not the form that this instruction wants.
    init(
        _ rest: ChangeText.Scalars,
        of name: String,
        escape: Unicode.Scalar,
        line: Int
    ) throws(ChangeError.Reason) {
        switch name {
        case "env", "label": self = try Self.pairs(rest, name.uppercased(), escape)
        case "cmd", "entrypoint", "run", "shell":
            self = try Self.command(rest).map { .command($0) } ?? .none
        case "volume", "add", "copy":
            self = try Self.array(rest).map { .list($0) } ?? Self.list(rest)
        case "expose": self = Self.list(rest)
        case "user", "workdir", "stopsignal": self = rest.isEmpty ? .none : .text(String(rest))
        case "healthcheck": self = try Self.health(rest)
        case "onbuild":
            guard !rest.isEmpty else {
                self = .none
                return
            }
            self = .trigger(try ChangeStatement(String(rest), escape: escape, line: line))
        default: self = .none
        }
    }

    /// `NAME=value NAME=value`, or `NAME a value up to the end`, which one is told by the first word.
    private static func pairs(
        _ rest: ChangeText.Scalars,
        _ name: String,
        _ escape: Unicode.Scalar
    ) throws(ChangeError.Reason) -> ChangeArguments {
        let words = ChangeText.words(rest, escape: escape)
        guard let first = words.first else { return .none }
        guard first.unicodeScalars.contains("=") else {
            let (key, value) = ChangeText.splitAtBlanks(rest)
            guard let value else { throw .needsTwoArguments(name) }
            return .pairs([ChangePair(name: String(key), value: String(value))])
        }
        var pairs: [ChangePair] = []
        for word in words {
            guard let place = word.unicodeScalars.firstIndex(of: "=") else { throw .noEqualSign(word) }
            let value = word.unicodeScalars[place...].dropFirst()
            pairs.append(ChangePair(name: String(word.unicodeScalars[..<place]), value: String(value)))
        }
        return .pairs(pairs)
    }

    private static func list(_ rest: ChangeText.Scalars) -> ChangeArguments {
        rest.isEmpty ? .none : .list(rest.split(whereSeparator: ChangeText.isBlank).map { String($0) })
    }

    private static func command(_ rest: ChangeText.Scalars) throws(ChangeError.Reason) -> CommandForm? {
        guard !rest.isEmpty else { return nil }
        return try array(rest).map { .exec($0) } ?? .shell(String(rest))
    }

    private static func health(_ rest: ChangeText.Scalars) throws(ChangeError.Reason) -> ChangeArguments {
        let kind = rest.prefix { !$0.properties.isWhitespace }
        guard !kind.isEmpty else { return .none }
        let command = ChangeText.trimmedAtStart(rest[kind.endIndex...])
        return .health(kind: String(kind), command: try self.command(command))
    }

    /// The texts of a JSON array; nil when this is none, which makes it a text for the shell.
    ///
    /// So does anything behind the array, as in today's Docker; Docker 20.10 drops it.
    private static func array(_ rest: ChangeText.Scalars) throws(ChangeError.Reason) -> [String]? {
        guard rest.first == "[" else { return nil }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: String(rest).utf8)
        } catch {
            switch error.reason {
            // Docker puts U+FFFD for it; a shell must not get the array as its command instead.
            case .loneSurrogate: throw .loneSurrogate
            case .duplicateKey, .tooDeep: throw .notTexts
            default: return nil
            }
        }
        var texts: [String] = []
        for element in value.arrayValue ?? [] {
            guard let text = element.stringValue else { throw .notTexts }
            guard !text.utf8.contains(0) else { throw .nul }
            texts.append(text)
        }
        return texts
    }
}
