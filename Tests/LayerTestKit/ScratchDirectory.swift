import Foundation

/// A directory of one test, gone when the test is.
package final class ScratchDirectory: Sendable {
    /// Where it is.
    package let path: String

    /// Makes it in the system's temporary directory.
    package init() throws {
        path = FileManager.default.temporaryDirectory.path + "/layerctl-test-" + UUID().uuidString
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
