import LayerTestKit
import Testing

/// The cases and scripts that have a name, run once through each driver: starting a process as a user costs more than all that it does then.
actor NamedRuns {
    static let shared = NamedRuns()

    private typealias Run = Task<[DriverUnderTest: DriverRun.Answers], any Error>

    /// Those of root's drivers and of the others.
    private var runs: [Bool: Run] = [:]

    /// What came of all of them with a driver.
    func answers(of driver: DriverUnderTest) async throws -> DriverRun.Answers {
        let isRoots = driver.privilege == .root
        let run = runs[isRoots] ?? Task { try await Self.run(DriverUnderTest.usable(byRoot: isRoots)) }
        runs[isRoots] = run
        return try #require(try await run.value[driver])
    }

    private static func run(_ drivers: [DriverUnderTest]) async throws -> [DriverUnderTest: DriverRun.Answers] {
        var cases: [NamedCase: ConformanceCase] = [:]
        for name in NamedCase.allCases { cases[name] = try name.value() }
        let work = drivers.map { driver in
            DriverRun.Work(
                driver: driver,
                tasks: names(for: driver).compactMap { cases[$0]?.task },
                scripts: StoreScript.allCases.filter { $0.applies(to: driver) }
            )
        }
        let answers = try await DriverRun.run(work, cases.values.map(\.image))
        return Dictionary(uniqueKeysWithValues: zip(drivers, answers))
    }

    private static func names(for driver: DriverUnderTest) -> [NamedCase] {
        NamedCase.allCases.filter { $0.applies(to: driver) }
    }

    /// What a driver showed of a case, after it was held to the definition and to what `diff` must list for each container.
    @discardableResult
    static func check(
        _ name: NamedCase,
        _ driver: DriverUnderTest,
        _ changes: [[String]]? = nil
    ) async throws -> [Observation.Container] {
        let place = names(for: driver).firstIndex(of: name)
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
