/// A term, and the fields that are taken of it one after the other.
struct TemplateOperand: Sendable {
    /// What an operand begins with.
    indirect enum Term: Sendable {
        case dot
        case null
        case literal(TemplateValue)
        case variable(String)
        case function(TemplateFunction)
        case pipeline(TemplatePipeline)
    }

    /// What it begins with.
    let term: Term
    /// The names of the fields, without dots.
    let fields: [String]
    /// The whole operand.
    let range: Range<Int>
    /// Where Go says that it stands: a chain of fields at the second of its names.
    let position: Int
}
