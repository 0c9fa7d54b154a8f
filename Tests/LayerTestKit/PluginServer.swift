import Foundation

/// A volume plugin that keeps directories and records what it is asked; it ends when this object does.
package final class PluginServer: @unchecked Sendable {
    // reason for @unchecked: nothing changes after the initializer, and the process is ended by the deinitializer alone.
    private let process = Process()
    private let scratch: ScratchDirectory
    private let input = Pipe()

    /// What a test needs for it.
    package static let need = Need.tool("python3")

    /// The directory in which the socket lies, as a directory of plugins.
    package var directory: String { scratch.path }
    /// The plugin's name, unless the socket lies elsewhere.
    package let name: String

    /// Starts it, and waits until it listens.
    ///
    /// - Parameters:
    ///   - name: The plugin's name.
    ///   - directory: Where the socket is to lie; nil for a directory of its own.
    ///   - faults: Wrong answers by call: `Mount` to `relative`, as `plugin-server.py` knows them.
    /// - Throws: When it cannot be started.
    package init(_ name: String = "keeper", in directory: String? = nil, faults: [String: String] = [:]) throws {
        self.name = name
        scratch = try ScratchDirectory()
        let script = Bundle.module.url(forResource: "plugin-server", withExtension: "py")?.path
        guard let script, let python = Need.find("python3") else { throw CocoaError(.fileNoSuchFile) }
        process.executableURL = URL(fileURLWithPath: python)
        let words = faults.map { "\($0.key)=\($0.value)" }
        process.arguments = [script, "\(directory ?? scratch.path)/\(name).sock", scratch.path] + words
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        guard output.fileHandleForReading.availableData.starts(with: Array("ready".utf8)) else {
            throw CocoaError(.fileReadUnknown)
        }
    }

    deinit { end() }

    /// Ends it; its socket stays.
    package func end() {
        // Other signals are blocked in it, as they are in the thread that started it.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// Where the files of a volume lie.
    package func files(_ volume: String) -> String { "\(scratch.path)/volumes/\(volume)" }

    /// What it was asked since the last time: call and body, each a line; handshakes are left out.
    package func calls() throws -> [String] {
        let path = scratch.path + "/calls"
        guard TestFile.exists(path) else { return [] }
        let text = String(decoding: try TestFile.read(path), as: UTF8.self)
        try TestFile.write([], to: path)
        return text.split(separator: "\n").map(String.init).filter { $0 != "Activate" }
    }
}
