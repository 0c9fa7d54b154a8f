import LayerModel

extension ChangeError.Reason: CustomStringConvertible {
    /// The reason, in the words of Docker where it has some.
    public var description: String {
        switch self {
        case .noInstruction: "file with no instructions"
        case .notAChangeCommand(let name): "\(name) is not a valid change command"
        case .escapeDirective(let token): "invalid escape token '\(token)' does not match ` or \\"
        case .repeatedDirective(let name): "only one \(name) parser directive can be used"
        case .unterminatedHeredoc(let name): "unterminated heredoc \(Self.quoted(name))"
        case .heredocName(let word): "heredoc with a name partly in quotes: \(Self.quoted(word))"
        case .needsArgument(let name): "\(name) requires at least one argument"
        case .needsOneArgument(let name): "\(name) requires exactly one argument"
        case .needsTwoArguments(let name): "\(name) must have two arguments"
        case .noEqualSign(let word):
            "Syntax error - can't find = in \(Self.quoted(word)). Must be of the form: name=value"
        case .blankName(let name): "\(name) names can not be blank"
        case .notTexts: "when using JSON array syntax, arrays must be comprised of strings only"
        case .loneSurrogate: "half of a surrogate pair in a JSON string"
        case .nul: "NUL character in a text"
        case .emptyVolume: "VOLUME specified can not be an empty string"
        case .emptyWorkingDirectory: "WORKDIR specified can not be an empty string"
        case .chainedTrigger: "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"
        case .forbiddenTrigger(let name): "\(name) isn't allowed as an ONBUILD trigger"
        case .substitution(let word, let why): "failed to process \(Self.quoted(word)): \(why)"
        case .config(let error): error.description
        default: valueDescription
        }
    }

    /// The reason where flags, durations, ports or signals are at fault.
    private var valueDescription: String {
        switch self {
        case .unknownFlag(let name): "unknown flag: \(name)"
        case .repeatedFlag(let name): "duplicate flag specified: \(name)"
        case .flagWithoutValue(let name): "missing a value on flag: \(name)"
        case .argumentsAfterNone: "HEALTHCHECK NONE takes no arguments"
        case .missingHealthcheck: "Missing command after HEALTHCHECK CMD"
        case .unknownHealthcheck(let kind): "Unknown type \(Self.quoted(kind)) in HEALTHCHECK (try CMD)"
        case .duration(let text): "invalid duration \(Self.quoted(text))"
        case .durationWithoutUnit(let text): "missing unit in duration \(Self.quoted(text))"
        case .durationUnit(let unit, let text): "unknown unit \(Self.quoted(unit)) in duration \(Self.quoted(text))"
        case .durationTooShort(let flag): "Interval \(Self.quoted(flag)) cannot be less than 1ms"
        case .retries(let text): "--retries has to be a number, not \(Self.quoted(text))"
        case .negativeRetries(let text): "--retries cannot be negative (\(text))"
        case .noPort(let text): "no port specified: \(text)<empty>"
        case .port(let text): "invalid containerPort: \(text)"
        case .hostPort(let text): "invalid hostPort: \(text)"
        case .portRanges(let container, let host):
            "invalid ranges specified for container and host Ports: \(container) and \(host)"
        case .transport(let text): "invalid proto: \(text)"
        case .address(let text): "invalid IP address: \(text)"
        case .unknownSignal(let text): "invalid signal: \(text)"
        default: ""
        }
    }

    private static func quoted(_ text: String) -> String { EscapedText.quoted(text.utf8) }
}
