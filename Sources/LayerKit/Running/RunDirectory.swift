import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem

/// What lies beside a container's layer while its process runs, and afterwards.
///
/// ```
/// run/            locked by who runs the process, as long as it runs: nothing else is believed
///   config.json   what the runtime got
///   pid           the number of the process, as the runtime wrote it
///   runtime       the runtime's path: another one does not know its state
///   mount         there while what is mounted was mounted for the run
///   status        what the process ended with: who waits for it has the file open, and reads it when all else has gone
///   state/        the runtime's own
///   log           what a process wrote that nobody was there to read
///   parts/        parts of volumes and images, mounted here while the process runs (RunParts)
/// ```
struct RunDirectory {
    static let name = "run"
    private static let statusName = "status"
    /// What the name of a document begins with that tells a runtime of one more process.
    static let documentPrefix = "exec-"
    private static let attempts = 20

    /// The directory.
    let directory: Directory
    /// Its path on the host.
    let path: String

    /// Opens the directory of a container; nil where its process was never run.
    init?(openingOf id: ContainerID, in store: LayerStore) throws {
        do throws(SystemError) {
            directory = try Directory(path: store.containerPath(id) + "/" + Self.name)
        } catch {
            // What is damaged so much runs nothing, and can be removed all the same.
            guard error.isNotFound || error.isNotDirectory || error.isNotPermitted else { throw error }
            return nil
        }
        path = store.containerPath(id) + "/" + Self.name
    }

    /// Opens the directory of a container, which is made when it is not there.
    init(makingOf id: ContainerID, in store: LayerStore) throws {
        directory = try store.containerDirectory(id).openOrMakeDirectory(Self.name)
        path = store.containerPath(id) + "/" + Self.name
    }

    /// The file that holds the number of the process.
    var processPath: String { path + "/pid" }
    /// The directory of the runtime.
    var statePath: String { path + "/state" }

    /// Whether the process runs.
    func isRunning() throws -> Bool { try directory.tryLock(.shared) == nil }

    /// Takes the lock of who runs the process; nil when somebody has it.
    ///
    /// Those who look whether it runs hold it for a moment, and are waited for.
    func lock() throws -> FileLock? {
        for _ in 0..<Self.attempts {
            if let lock = try directory.tryLock(.exclusive) { return lock }
            Host.pause(milliseconds: 10)
        }
        return nil
    }

    /// Waits until the process has ended.
    func waitUntilEnded() throws { _ = try directory.lock(.shared) }

    /// The number of the process; nil while there is none.
    func processID() -> Int32? { HostFile.readLine(processPath).flatMap { Int32($0) } }

    /// Takes hold of the process, when it runs.
    ///
    /// - Returns: The process; nil when none runs.
    /// - Throws: `SystemError`.
    func process() throws -> ProcessHandle? {
        for _ in 0..<200 {
            guard try isRunning() else { return nil }
            if let number = processID() {
                let handle = try Self.handle(number)
                // Who runs it waits for it: as long as that one is there, the number means no other process.
                if let handle, try isRunning() { return handle }
            }
            Host.pause(milliseconds: 10)
        }
        return nil
    }

    private static func handle(_ number: Int32) throws(SystemError) -> ProcessHandle? {
        do {
            return try ProcessHandle(number)
        } catch {
            guard error.isGone else { throw error }
            return nil
        }
    }

    /// The path of the runtime that was used last; nil where there is none.
    func runtimePath() -> String? {
        HostFile.read(path + "/runtime").flatMap { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
    }

    /// Lets the runtime end and forget what a run left that was cut off.
    ///
    /// - Parameter id: The container.
    /// - Throws: `LayerError`, `SystemError`.
    func end(_ id: ContainerID) throws {
        try RunParts(of: self).end()
        try forget(id)
        try clear()
    }

    /// Lets the runtime end and forget what it still knows of.
    func forget(_ id: ContainerID) throws {
        guard let path = runtimePath(), try directory.statusIfPresent("state") != nil else { return }
        let runtime = try Runtime(path, isRoot: RuntimePlace.current == .host)
        // reason: most often there is nothing left, which the runtime tells as an error
        _ = try? ChildProcess.run(runtime.path, runtime.arguments(["delete", "--force", id.hex], in: self))
    }

    /// Removes what an earlier run left, but for the log.
    private func clear() throws {
        for name in ["config.json", "pid", "runtime", Self.statusName] where try directory.statusIfPresent(name) != nil
        {
            try directory.unlink(name)
        }
        if try directory.statusIfPresent("state") != nil { try directory.removeTree("state") }
    }

    /// Makes the file that is to hold what the process ended with.
    func makeStatusFile() throws -> File { try directory.createFile(Self.statusName) }

    /// Waits until the process has ended.
    ///
    /// - Returns: What it ended with; nil where nobody wrote it down.
    func endStatus() throws -> Int32? {
        let file = try directory.openFileIfPresent(Self.statusName)
        try waitUntilEnded()
        return try file.flatMap { Int32(String(decoding: try $0.part(at: 0, byteCount: 16), as: UTF8.self)) }
    }

    /// Writes what the runtime gets, and which one it is.
    func write(_ document: JSONObject, for runtime: Runtime) throws {
        try directory.createFile("runtime").write(Array(runtime.path.utf8))
        try directory.createFile("config.json").write(JSONValue.object(document).encoded())
    }
}
