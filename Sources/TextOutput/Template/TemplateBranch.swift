/// An `if`, a `with` or a `range`.
struct TemplateBranch: Sendable {
    /// What is tested or walked over.
    let pipeline: TemplatePipeline
    /// What is done when it is true, or for each element.
    let body: [TemplateNode]
    /// What is done otherwise; empty without an `else`.
    let alternative: [TemplateNode]
}
