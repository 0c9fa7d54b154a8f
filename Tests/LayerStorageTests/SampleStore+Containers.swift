import Foundation
import LayerModel
import LayerTestKit

@testable import LayerStorage

extension SampleStore {
    /// Makes a container of an image that is in the store.
    func create(
        _ image: MadeImage,
        name: String? = nil,
        labels: [String: String] = [:]
    ) throws -> ContainerRecord {
        let stored = try store.resolve(image.id.digest.hex)
        return try store.createContainer(image: stored, imageName: "app", name: name, labels: labels)
    }

    /// The path of a container's record.
    func recordPath(_ id: ContainerID) -> String { store.containerPath(id) + "/container.json" }

    /// The names in a directory of the store.
    func list(_ directory: String) throws -> [String] { try TestFile.list(path + "/" + directory) }

    /// Runs a program of the system.
    ///
    /// - Returns: Whether it succeeded.
    static func runs(_ program: String, _ arguments: String...) throws -> Bool {
        guard let path = Need.find(program) else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
