/// An instruction and where it stands.
struct ChangeStep: Hashable, Sendable {
    let instruction: ChangeInstruction
    /// The line on which it begins, counted from 1.
    let line: Int

    /// Makes instructions of statements, all of which have to be ones that a commit takes.
    ///
    /// A statement that is none is reported before a mistake in another, as Docker does.
    static func steps(_ statements: [ChangeStatement]) throws(ChangeError) -> [ChangeStep] {
        for statement in statements where !ChangeInstruction.names.contains(statement.name) {
            throw ChangeError(.notAChangeCommand(statement.name), line: statement.line)
        }
        var steps: [ChangeStep] = []
        for statement in statements {
            do throws(ChangeError.Reason) {
                steps.append(ChangeStep(instruction: try ChangeInstruction(statement), line: statement.line))
            } catch { throw ChangeError(error, line: statement.line) }
        }
        return steps
    }
}
