/// An operand alone, or a function with its arguments.
struct TemplateCommand: Sendable {
    /// What is evaluated or called.
    let first: TemplateOperand
    /// The arguments.
    let arguments: [TemplateOperand]
    /// The whole command.
    let range: Range<Int>
}
