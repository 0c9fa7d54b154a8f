/// What a commit changes in the `config` of an image: members to take away first, then instructions as in a Dockerfile.
///
/// The instructions are read when this is made, so that nothing is written for a list with a mistake in it. Variables are
/// replaced only when the changes are applied, since their values stand in the config.
///
/// Source: moby `daemon/commit.go`, `builder/dockerfile/builder.go` (`BuildFromConfig`).
public struct ConfigChanges: Hashable, Sendable {
    /// The members to take away.
    public let clearedFields: [ConfigField]
    /// The names of the environment variables to take away.
    public let unsetVariables: [String]
    /// The names of the labels to take away.
    public let unsetLabels: [String]

    private let steps: [ChangeStep]
    private let escape: Unicode.Scalar

    /// Reads instructions.
    ///
    /// - Parameters:
    ///   - texts: Each one or more lines of a Dockerfile; they are read as one text, joined by line feeds.
    ///   - clearedFields: The members to take away before.
    ///   - unsetVariables: The names of the environment variables to take away before; unknown ones do no harm.
    ///   - unsetLabels: The names of the labels to take away before; unknown ones do no harm.
    /// - Throws: `ChangeError` with the line of the first mistake; also when there are texts and no instruction in them.
    public init(
        parsing texts: [String],
        clearing clearedFields: [ConfigField] = [],
        unsettingVariables unsetVariables: [String] = [],
        unsettingLabels unsetLabels: [String] = []
    ) throws(ChangeError) {
        self.clearedFields = clearedFields
        self.unsetVariables = unsetVariables
        self.unsetLabels = unsetLabels
        guard !texts.isEmpty else {
            steps = []
            escape = "\\"
            return
        }
        var reader = try ChangeReader(texts.joined(separator: "\n"))
        let statements = try reader.statements()
        steps = try ChangeStep.steps(statements)
        escape = reader.escape
    }

    /// Whether there is nothing to do.
    public var isEmpty: Bool {
        steps.isEmpty && clearedFields.isEmpty && unsetVariables.isEmpty && unsetLabels.isEmpty
    }

    /// Makes the changes.
    ///
    /// A member that becomes empty is left out, where Docker writes `null` or an empty value. Members that no instruction
    /// names stay as they are.
    ///
    /// - Parameter config: The member `config` of the image that the container was made from.
    /// - Returns: The member `config` of the new image.
    /// - Throws: `ChangeError` with the line of the instruction whose variables, ports or signal make no sense, or without
    ///   one when a member of the config is of another type than it has to be.
    public func applied(to config: JSONObject) throws(ChangeError) -> JSONObject {
        let cleared: JSONObject
        do throws(ChangeError.Reason) {
            cleared = try self.cleared(config)
        } catch { throw ChangeError(error) }
        guard !steps.isEmpty else { return cleared }
        var draft = ConfigDraft(cleared, escape: escape)
        for step in steps {
            do throws(ChangeError.Reason) {
                try draft.apply(step.instruction)
            } catch { throw ChangeError(error, line: step.line) }
        }
        do throws(ChangeError.Reason) {
            return try draft.merged()
        } catch { throw ChangeError(error) }
    }

    private func cleared(_ config: JSONObject) throws(ChangeError.Reason) -> JSONObject {
        var members = ConfigMembers(config)
        for field in clearedFields { members.object[field.rawValue] = nil }
        if !unsetVariables.isEmpty {
            let entries = try members.texts("Env") ?? []
            members.setTexts(
                "Env",
                entries.filter { entry in
                    !unsetVariables.contains { $0.utf8.elementsEqual(ConfigMembers.name(of: entry).utf8) }
                }
            )
        }
        if !unsetLabels.isEmpty {
            var labels = try members.map("Labels")
            for label in unsetLabels { labels[label] = nil }
            members.setMap("Labels", labels)
        }
        return members.object
    }
}
