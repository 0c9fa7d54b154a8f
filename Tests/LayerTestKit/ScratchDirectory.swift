import Foundation

/// A directory of one test, gone when the test is.
package final class ScratchDirectory: Sendable {
    /// Where it is.
    package let path: String

    /// Makes it in the system's temporary directory.
    package convenience init() throws {
        try self.init(in: FileManager.default.temporaryDirectory.path)
    }

    /// Makes it in memory, for tests that would mostly wait for a disk; where there is no such place, as any other.
    package static func inMemory() throws -> ScratchDirectory {
        let memory = "/dev/shm"
        guard FileManager.default.isWritableFile(atPath: memory) else { return try ScratchDirectory() }
        return try ScratchDirectory(in: memory)
    }

    private init(in folder: String) throws {
        path = folder + "/layerctl-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/rm")
        process.arguments = ["-rf", path]
        try? process.run()
        process.waitUntilExit()
    }
}
