/// Commands, each given the value of the one before as its last argument, and the variables that the value goes into.
struct TemplatePipeline: Sendable {
    /// The variables, with their `$`; two only in a `range`.
    let variables: [String]
    /// Whether the variables are set and not declared.
    let isAssignment: Bool
    /// The commands, at least one.
    let commands: [TemplateCommand]
}
