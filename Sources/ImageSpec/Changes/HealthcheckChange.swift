/// What HEALTHCHECK says; 0 for each number that it does not name.
///
/// Source: buildkit `frontend/dockerfile/instructions/parse.go` (`parseHealthcheck`).
struct HealthcheckChange: Hashable, Sendable {
    /// The flags that take a duration, each with the member that it sets.
    private static let durations = [
        (flag: "interval", member: "Interval"), (flag: "timeout", member: "Timeout"),
        (flag: "start-period", member: "StartPeriod"), (flag: "start-interval", member: "StartInterval"),
    ]
    private static let minimumNanoseconds: Int64 = 1_000_000

    /// `["NONE"]`, or `CMD` or `CMD-SHELL` and the command.
    let test: [String]
    /// Nanoseconds and counts by member, none of them 0.
    let numbers: [String: Int64]

    init(_ statement: ChangeStatement) throws(ChangeError.Reason) {
        guard case .health(let kind, let command) = statement.arguments else { throw .needsArgument("HEALTHCHECK") }
        guard kind.uppercased() != "NONE" else {
            guard command == nil else { throw .argumentsAfterNone }
            test = ["NONE"]
            numbers = [:]
            return
        }
        let known = Set(Self.durations.map(\.flag)).union(["retries"])
        let values = try ChangeFlags.values(statement.flags, known: known)
        guard kind.uppercased() == "CMD" else { throw .unknownHealthcheck(kind.uppercased()) }
        guard let command, !command.isEmpty else { throw .missingHealthcheck }
        test =
            switch command {
            case .exec(let words): ["CMD"] + words
            case .shell(let text): ["CMD-SHELL", text]
            }
        numbers = try Self.numbers(values)
    }

    /// The check, with the former one's settings where this names none.
    ///
    /// - Parameter former: The member `Healthcheck` as it was, empty when there was none.
    /// - Returns: The member as it is to be.
    func merged(into former: JSONObject) -> JSONObject {
        var merged = former
        merged["Test"] = .array(test.map { .string($0) })
        for (member, number) in numbers { merged[member] = JSONValue(number) }
        return merged
    }

    private static func numbers(_ values: [String: String]) throws(ChangeError.Reason) -> [String: Int64] {
        var numbers: [String: Int64] = [:]
        for (flag, member) in durations {
            guard let text = values[flag], !text.isEmpty else { continue }
            let nanoseconds = try GoDuration.nanoseconds(text)
            guard nanoseconds != 0 else { continue }
            guard nanoseconds >= minimumNanoseconds else { throw .durationTooShort(flag: flag) }
            numbers[member] = nanoseconds
        }
        if let text = values["retries"], !text.isEmpty {
            guard let count = Int32(text) else { throw .retries(text) }
            guard count >= 0 else { throw .negativeRetries(text) }
            if count > 0 { numbers["Retries"] = Int64(count) }
        }
        return numbers
    }
}
