import LayerModel
import Testing

/// Compares what drivers show with the definition, and with each other.
enum Conformance {
    /// Runs cases through drivers and reports each difference.
    ///
    /// - Parameters:
    ///   - cases: The cases.
    ///   - drivers: The drivers; each gets all cases.
    /// - Throws: What preparing meets.
    static func check(_ cases: [ConformanceCase], by drivers: [DriverUnderTest]) async throws {
        guard !cases.isEmpty else { return }
        let expected = try cases.map { try $0.expected() }
        var first: [Observation]?
        for drivers in [drivers.filter { $0.privilege == .root }, drivers.filter { $0.privilege != .root }]
        where !drivers.isEmpty {
            let work = drivers.map { DriverRun.Work(driver: $0, tasks: cases.map(\.task)) }
            for (driver, answers) in zip(drivers, try await DriverRun.run(work, cases.map(\.image))) {
                let observations = answers.observations
                try #require(observations.count == cases.count, "\(driver.name)")
                for (place, observation) in observations.enumerated() {
                    report(faults(observation, expected[place], driver), cases[place], driver)
                    if let first { report(differences(first[place], observation), cases[place], driver) }
                }
                first = first ?? observations
            }
        }
    }

    /// Reports what differs from the definition.
    static func check(
        _ observation: Observation,
        of conformanceCase: ConformanceCase,
        by driver: DriverUnderTest
    ) throws {
        report(faults(observation, try conformanceCase.expected(), driver), conformanceCase, driver)
    }

    /// One seed alone is to be understood; many are to be told apart.
    private static let showsEdits = RandomConformanceTests.given != nil

    private static func report(_ faults: [String], _ wrong: ConformanceCase, _ driver: DriverUnderTest) {
        guard !faults.isEmpty else { return }
        let shown = faults.prefix(6).joined(separator: "; ")
        let edits = showsEdits ? "; edits: \(wrong.containers)" : ""
        Issue.record("\(wrong.name), \(driver.name): \(shown)\(edits)")
    }

    private static func faults(
        _ observation: Observation,
        _ expected: (before: ShownTree, after: [ShownTree]),
        _ driver: DriverUnderTest
    ) -> [String] {
        var faults = observation.fault.map { [$0] } ?? []
        var before = expected.before
        for (seen, after) in zip(observation.containers, expected.after) {
            let isExact = driver.showsAllAttributes
            faults += differences(seen.before, before, isExact: isExact).map { "at first: \($0)" }
            faults += differences(seen.shown, after, isExact: isExact).map { "shown: \($0)" }
            faults += differences(seen.kept, after).map { "kept: \($0)" }
            faults += seen.committed.map { differences($0, after) }?.map { "committed: \($0)" } ?? []
            let changes = ExpectedChanges.list(from: before, to: after)
            faults += differences(seen.changes, changes).map { "diff: \($0)" }
            faults += differences(seen.keptChanges, changes).map { "diff afterwards: \($0)" }
            if changes.isEmpty, before == after, seen.diffID != nil { faults.append("a layer of nothing") }
            before = after
        }
        return faults
    }

    private static func differences(_ left: ShownTree, _ right: ShownTree, isExact: Bool = true) -> [String] {
        func simple(_ file: ShownFile?) -> ShownFile? {
            guard var file, !isExact else { return file }
            (file.uid, file.gid) = (0, 0)
            file.firstName = ""
            file.mode |= file.kind == "\(EntryKind.directory)" ? 0o700 : 0o400
            return file
        }
        return Set(left.keys).union(right.keys).sorted().compactMap { path in
            let (found, wanted) = (simple(left[path]), simple(right[path]))
            if found == wanted { return nil }
            return
                "/\(path) is \(found.map(\.description) ?? "missing"), must be \(wanted.map(\.description) ?? "missing")"
        }
    }

    private static func differences(_ found: [String], _ wanted: [String]) -> [String] {
        if found == wanted { return [] }
        let (listed, expected) = (Set(found), Set(wanted))
        let (more, less) = (found.filter { !expected.contains($0) }, wanted.filter { !listed.contains($0) })
        return ["\(more) too much, \(less) missing\(more.isEmpty && less.isEmpty ? ", or in another order" : "")"]
    }

    private static func differences(_ first: Observation, _ other: Observation) -> [String] {
        zip(first.containers, other.containers).flatMap { left, right in
            left.diffID == right.diffID
                ? [] : ["DiffID \(right.diffID ?? "none"), with the first driver \(left.diffID ?? "none")"]
        }
    }
}
