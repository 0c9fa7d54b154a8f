/// A part of a template that was read.
indirect enum TemplateNode: Sendable {
    /// Text to be printed as it is.
    case text([UInt8])
    /// A pipeline whose value is printed, unless it declares a variable.
    case action(TemplatePipeline)
    case conditional(TemplateBranch)
    case with(TemplateBranch)
    case range(TemplateBranch)
    case breakLoop
    case continueLoop
}
