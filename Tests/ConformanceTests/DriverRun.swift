import Foundation
import LayerDriver
import LayerKit
import LayerSystem
import LayerTestKit
import Testing

/// Has drivers do their work, as the user who uses them: root in a mount namespace of the test's own, others in processes of their own.
///
/// The drivers of one user share a process, or a thread, and a store, whose images are loaded once: starting, and loading, cost more than most work.
enum DriverRun {
    /// What one driver has to do.
    struct Work: Codable {
        let driver: DriverUnderTest
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

    /// Has work done.
    ///
    /// - Parameters:
    ///   - work: What is to be done, all by drivers that root uses or all by others.
    ///   - images: What the tasks are about.
    /// - Returns: What came of each.
    /// - Throws: What preparing and reading meets.
    static func run(_ work: [Work], _ images: [MadeImage]) async throws -> [Answers] {
        let room = try DriverRoom()
        try TestFile.write(MadeImage.archive(images), to: room.path + DriverRoom.archive)
        try TestFile.write(StoreScript.image.archive, to: room.path + DriverRoom.scriptArchive)
        if work.allSatisfy({ $0.driver.privilege == .root }) {
            return try PrivateMounts.run { [path = room.path] in
                try load(work, path)
                return try work.map { try perform($0, in: path) }
            }
        }
        try room.write(work, to: DriverRoom.work)
        await #expect(processExitsWith: .success) { [path = room.path as String] in
            try DriverRun.runAsUser(in: path)
        }
        return try work.indices.map { try room.read(DriverRoom.answers(to: $0)) }
    }

    /// Becomes the user who has the store, and for each driver a process that enters the namespace that the driver needs.
    private static func runAsUser(in path: String) throws {
        let work: [Work] = try DriverRoom.read(path + DriverRoom.work)
        if work.contains(where: { $0.driver.privilege == .ranges }) { try OrdinaryProcess.grantRanges(in: path) }
        try OrdinaryProcess.run(in: path + DriverRoom.home, as: OrdinaryProcess.nobodyOrOwn) {
            try OrdinaryProcess.useOneProcessor()
            // Loading takes threads, and a process that has had some may not enter a namespace.
            try OrdinaryProcess.fork { try load(work, path) }
            for (place, part) in work.enumerated() {
                try OrdinaryProcess.fork {
                    try enterNamespace(of: part.driver)
                    try DriverRoom.write(perform(part, in: path), to: path + DriverRoom.answers(to: place))
                }
            }
        }
    }

    private static func enterNamespace(of driver: DriverUnderTest) throws {
        switch driver.privilege {
        case .ranges:
            let mapping = NamespaceMapping.available()
            try OrdinaryProcess.check(mapping.kind == .ranges, mapping.description)
            try UserNamespace.enter(mapping)
        case .singleID: try UserNamespace.enter(.singleID())
        case .root, .nobody: break
        }
    }

    /// Loads what the work needs: one store for all tasks, and one for each script of each driver.
    private static func load(_ work: [Work], _ path: String) throws {
        func load(_ archive: String, into name: String) throws {
            _ = try store(path, name).load(.fileArgument(path + archive))
        }
        if work.contains(where: { !$0.tasks.isEmpty }) { try load(DriverRoom.archive, into: taskStore) }
        for part in work {
            for script in part.scripts { try load(DriverRoom.scriptArchive, into: name(of: script, part.driver)) }
        }
    }

    private static let taskStore = "tasks"

    private static func name(of script: StoreScript, _ driver: DriverUnderTest) -> String {
        "\(script.rawValue), \(driver.name)"
    }

    private static func store(_ path: String, _ name: String) throws -> ImageStore {
        try ImageStore(root: path + DriverRoom.home + "/" + name, access: .writing)
    }

    private static func perform(_ work: Work, in path: String) throws -> Answers {
        var answers = Answers()
        if !work.tasks.isEmpty {
            let observer = CaseObserver(store: try store(path, taskStore), driver: work.driver)
            answers.observations = work.tasks.map(observer.observe)
        }
        for script in work.scripts {
            let observer = CaseObserver(store: try store(path, name(of: script, work.driver)), driver: work.driver)
            answers.faults[script] = script.faults(observer)
        }
        return answers
    }
}
