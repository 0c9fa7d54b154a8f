/// Why a function of a template failed; the executor adds the place.
enum TemplateFailure: Error, Equatable {
    /// An argument, counted from 0, is not what the function takes.
    case argument(Int, String)
    /// The call as a whole failed.
    case call(String)
}
