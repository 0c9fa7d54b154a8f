/// One of the eleven instructions that a commit takes, read but not yet applied to a config.
enum ChangeInstruction: Hashable, Sendable {
    /// CMD; nil when nothing follows it.
    case command(CommandForm?)
    /// ENTRYPOINT; nil when nothing follows it, which counts as an empty list.
    case entrypoint(CommandForm?)
    /// ENV, names and values with their quotes and variables.
    case variables([ChangePair])
    /// LABEL, names and values with their quotes and variables.
    case labels([ChangePair])
    /// EXPOSE, words with their quotes and variables.
    case ports([String])
    /// VOLUME, paths with their quotes and variables.
    case volumes([String])
    case user(String)
    case workingDirectory(String)
    /// ONBUILD, the instruction as it is written.
    case trigger(String)
    case stopSignal(String)
    case healthcheck(HealthcheckChange)
}
