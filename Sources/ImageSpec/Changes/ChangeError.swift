import LayerModel

/// Why changes to a config cannot be made, and the line that is to blame.
public struct ChangeError: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Reason: Error, Equatable, Sendable {
        /// There is no instruction among comments and empty lines.
        case noInstruction
        /// An instruction is none that a commit takes.
        case notAChangeCommand(String)
        /// The escape character is set to one that cannot be it.
        case escapeDirective(String)
        /// A directive stands there twice.
        case repeatedDirective(String)
        /// A heredoc has no end.
        case unterminatedHeredoc(String)
        /// A heredoc has a name that is not understood here.
        case heredocName(String)
        /// Nothing follows the instruction.
        case needsArgument(String)
        /// Nothing follows the instruction, which takes one text.
        case needsOneArgument(String)
        /// A name has no value.
        case needsTwoArguments(String)
        /// A word among pairs is none.
        case noEqualSign(String)
        /// A name is empty.
        case blankName(String)
        /// A JSON array has other elements than texts.
        case notTexts
        /// A text in a JSON array has half of a surrogate pair.
        case loneSurrogate
        /// There is a NUL character, which no command, variable or path can have.
        case nul
        /// A flag is none of the instruction's.
        case unknownFlag(String)
        /// A flag stands there twice.
        case repeatedFlag(String)
        /// A flag has no value.
        case flagWithoutValue(String)
        /// A volume has no path.
        case emptyVolume
        /// A working directory has no path.
        case emptyWorkingDirectory
        /// ONBUILD follows ONBUILD.
        case chainedTrigger
        /// ONBUILD names an instruction that cannot be a trigger.
        case forbiddenTrigger(String)
        /// A check of the kind NONE has a command.
        case argumentsAfterNone
        /// A check has no command.
        case missingHealthcheck
        /// A check is of a kind that does not exist.
        case unknownHealthcheck(String)
        /// A text is no duration.
        case duration(String)
        /// A number in a duration has no unit.
        case durationWithoutUnit(String)
        /// A unit in a duration does not exist.
        case durationUnit(String, String)
        /// A duration is below a millisecond.
        case durationTooShort(flag: String)
        /// A count of retries is no number of 32 bits.
        case retries(String)
        /// A count of retries is below 0.
        case negativeRetries(String)
        /// A port has no number.
        case noPort(String)
        /// A container's port is none.
        case port(String)
        /// A host's port is none.
        case hostPort(String)
        /// Ranges of ports differ in length.
        case portRanges(String, String)
        /// A transport is unknown.
        case transport(String)
        /// A host's address is none.
        case address(String)
        /// A signal is unknown.
        case unknownSignal(String)
        /// Variables in a word cannot be replaced, for the reason in the second text.
        case substitution(String, String)
        /// The config that is to be changed has a member of another type than it has to be.
        case config(SpecError)
    }

    /// What is wrong.
    public let reason: Reason
    /// The line of the instruction in all texts together, counted from 1; nil when none is to blame.
    public let line: Int?

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - reason: What is wrong.
    ///   - line: The line of the instruction, counted from 1.
    public init(_ reason: Reason, line: Int? = nil) {
        self.reason = reason
        self.line = line
    }
}

extension ChangeError: CustomStringConvertible {
    /// The reason in one line, without the number of the instruction's line.
    public var description: String { EscapedText.line(reason.description) }
}
