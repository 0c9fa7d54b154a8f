import ArgumentParser
import ImageSpec
import LayerKit

/// What becomes of an image's config: options of the verbs that make images.
struct ConfigChangeOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Apply a Dockerfile instruction to the config (repeatable).", valueName: "instruction")
    )
    var change: [String] = []
    @Option(help: ArgumentHelp("Drop a variable (repeatable).", valueName: "name")) var unsetEnv: [String] = []
    @Option(help: ArgumentHelp("Drop a label (repeatable).", valueName: "key")) var unsetLabel: [String] = []
    @Option(help: ArgumentHelp("Empty a field, like Cmd or Env (repeatable).", valueName: "field"))
    var clear: [String] = []

    /// The changes as one value.
    func changes() throws -> ConfigChanges {
        let fields = try clear.map { name in
            guard let field = ConfigField(named: name) else {
                let known = ConfigField.allCases.map(\.rawValue).joined(separator: ", ")
                throw LayerError(.usage, "--clear \(name): no such field (there are \(known))")
            }
            return field
        }
        do throws(ChangeError) {
            return try ConfigChanges(
                parsing: change,
                clearing: fields,
                unsettingVariables: unsetEnv,
                unsettingLabels: unsetLabel
            )
        } catch {
            throw LayerError(.usage, "--change: \(error)", cause: error)
        }
    }
}
