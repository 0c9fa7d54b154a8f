import Testing

/// The cases and scripts that have a name, run once through each driver: starting a process as a user costs more than all that it does then.
actor NamedRuns {
    static let shared = NamedRuns()

    private var runs: [DriverUnderTest: Task<DriverRun.Answers, any Error>] = [:]

    /// What came of all of them with a driver.
    func answers(of driver: DriverUnderTest) async throws -> DriverRun.Answers {
        let run =
            runs[driver]
            ?? Task {
                let cases = NamedCase.allCases.filter { $0.applies(to: driver) }
                let scripts = StoreScript.allCases.filter { $0.applies(to: driver) }
                return try await DriverRun.run(cases.map { try $0.value() }, scripts, by: driver)
            }
        runs[driver] = run
        return try await run.value
    }

    /// What a driver showed of a case, after it was held to the definition and to what `diff` must list for each container.
    @discardableResult
    static func check(
        _ name: NamedCase,
        _ driver: DriverUnderTest,
        _ changes: [[String]]? = nil
    ) async throws -> [Observation.Container] {
        let place = NamedCase.allCases.filter { $0.applies(to: driver) }.firstIndex(of: name)
        let answers = try await shared.answers(of: driver)
        let observation = try answers.observations[#require(place)]
        try Conformance.check(observation, of: name.value(), by: driver)
        if let changes { #expect(observation.containers.map(\.changes) == changes) }
        return observation.containers
    }

    /// Checks that a script found nothing wrong.
    static func check(_ script: StoreScript, _ driver: DriverUnderTest) async throws {
        let answers = try await shared.answers(of: driver)
        #expect(answers.faults[script] == [])
    }
}
