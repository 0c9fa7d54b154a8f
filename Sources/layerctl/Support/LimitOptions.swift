import ArgumentParser
import LayerKit
import LayerModel
import LayerSystem

/// How much of anything is read from outside: an option of every verb that reads images.
struct LimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Change a limit on what is read (repeatable, also LAYERCTL_LIMITS; `layerctl info --limits` lists them).",
            valueName: "name=value"
        ),
        transform: LimitArgument.init(parsing:)
    )
    var limit: [LimitArgument] = []

    /// The limits: those of the environment, changed by those of the command line.
    ///
    /// - Returns: The limits.
    /// - Throws: `LayerError` of code `usage` for an environment that says what is no limit.
    func limits() throws -> InputLimits {
        var limits = InputLimits()
        for text in (Host.environment("LAYERCTL_LIMITS") ?? "").split(separator: ",") {
            do {
                let argument = try LimitArgument(parsing: String(text))
                limits[argument.limit] = argument.value
            } catch let error as ValidationError {
                throw LayerError(.usage, "LAYERCTL_LIMITS: \(error.message)")
            }
        }
        for argument in limit { limits[argument.limit] = argument.value }
        return limits
    }
}
