/// A piece of a template's source.
struct TemplateToken: Equatable, Sendable {
    /// What the piece is.
    enum Kind: Equatable, Sendable {
        case text
        case leftDelimiter
        case rightDelimiter
        case space
        case pipe
        case comma
        case declare
        case assign
        case leftParenthesis
        case rightParenthesis
        case dot
        case field
        case variable
        case identifier
        case keyword(Keyword)
        case number
        case character
        case string
        case rawString
        case end
    }

    /// The words that are no functions.
    enum Keyword: String, Sendable {
        case block
        case breakLoop = "break"
        case continueLoop = "continue"
        case define
        case `else`
        case end
        case `if`
        case null = "nil"
        case range
        case template
        case `true`
        case `false`
        case with
    }

    let kind: Kind
    /// Where it stands, trimmed.
    let range: Range<Int>

    /// Whether an operand of a command can begin with it.
    var isOperand: Bool {
        switch kind {
        case .dot, .field, .variable, .identifier, .number, .character, .string, .rawString, .leftParenthesis: true
        case .keyword(let word): word == .null || word == .true || word == .false
        default: false
        }
    }
}
