import Foundation
import LayerDriver
import LayerKit
import LayerSystem
import LayerTestKit
import Testing

/// Runs cases through one driver, as the user who uses it: root in a mount namespace of the test's own, others in processes of their own.
enum DriverRun {
    /// What to do.
    struct Work: Codable {
        var tasks: [ConformanceCase.Task]
        var scripts: [StoreScript] = []
    }

    /// What came of it.
    struct Answers: Codable {
        /// An observation for each task.
        var observations: [Observation] = []
        /// What each script finds wrong.
        var faults: [StoreScript: [String]] = [:]
    }

    /// Runs cases and scripts.
    ///
    /// - Parameters:
    ///   - cases: The cases; all are loaded into one store.
    ///   - scripts: The scripts; each has a store of its own.
    ///   - driver: The driver.
    /// - Returns: What came of it.
    /// - Throws: What preparing and reading meets.
    static func run(
        _ cases: [ConformanceCase],
        _ scripts: [StoreScript] = [],
        by driver: DriverUnderTest
    ) async throws -> Answers {
        let room = try DriverRoom()
        try room.write(Work(tasks: cases.map(\.task), scripts: scripts), to: DriverRoom.work)
        try TestFile.write(MadeImage.archive(cases.map(\.image)), to: room.path + DriverRoom.archive)
        try TestFile.write(StoreScript.image.archive, to: room.path + DriverRoom.scriptArchive)
        if driver.privilege == .root {
            try PrivateMounts.run { [path = room.path] in
                try load(path)
                try perform(in: path, driver)
            }
        } else {
            await #expect(processExitsWith: .success) { [path = room.path as String, name = driver.name as String] in
                try DriverRun.runAsUser(in: path, name)
            }
        }
        return try room.read(DriverRoom.answers)
    }

    /// Becomes the user who has the store, and enters the namespace that the driver needs.
    private static func runAsUser(in path: String, _ name: String) throws {
        let driver = try OrdinaryProcess.require(DriverUnderTest.all.first { $0.name == name })
        if driver.privilege == .ranges { try OrdinaryProcess.grantRanges(in: path) }
        try OrdinaryProcess.run(in: path + DriverRoom.home, as: OrdinaryProcess.nobodyOrOwn) {
            try OrdinaryProcess.useOneProcessor()
            // Loading takes threads, and a process that has had some may not enter a namespace.
            try OrdinaryProcess.fork { try load(path) }
            switch driver.privilege {
            case .ranges:
                let mapping = NamespaceMapping.available()
                try OrdinaryProcess.check(mapping.kind == .ranges, mapping.description)
                try UserNamespace.enter(mapping)
            case .singleID: try UserNamespace.enter(.singleID())
            case .root, .nobody: break
            }
            try perform(in: path, driver)
        }
    }

    /// Loads what the work needs.
    private static func load(_ path: String) throws {
        let work: Work = try DriverRoom.read(path + DriverRoom.work)
        func load(_ archive: String, into name: String) throws {
            _ = try store(path, name).load(.fileArgument(path + archive))
        }
        if !work.tasks.isEmpty { try load(DriverRoom.archive, into: "tasks") }
        for script in work.scripts { try load(DriverRoom.scriptArchive, into: script.rawValue) }
    }

    private static func store(_ path: String, _ name: String) throws -> ImageStore {
        try ImageStore(root: path + DriverRoom.home + "/" + name, access: .writing)
    }

    private static func perform(in path: String, _ driver: DriverUnderTest) throws {
        let work: Work = try DriverRoom.read(path + DriverRoom.work)
        var answers = Answers()
        if !work.tasks.isEmpty {
            let observer = CaseObserver(store: try store(path, "tasks"), driver: driver)
            answers.observations = work.tasks.map(observer.observe)
        }
        for script in work.scripts {
            let observer = CaseObserver(store: try store(path, script.rawValue), driver: driver)
            answers.faults[script] = script.faults(observer)
        }
        try DriverRoom.write(answers, to: path + DriverRoom.answers)
    }
}
