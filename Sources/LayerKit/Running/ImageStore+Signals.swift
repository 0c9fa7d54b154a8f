import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem

extension ImageStore {
    private static let stopSeconds: Int64 = 10

    /// Sends the process of a container a signal.
    ///
    /// - Parameters:
    ///   - name: The container.
    ///   - signal: The signal, by name or number.
    /// - Throws: `LayerError`: `notFound`, `conflict` when it does not run, `usage` for an unknown signal.
    public func kill(_ name: String, signal: String = "KILL") throws(LayerError) {
        try LayerError.catching {
            let number = try Self.number(signal)
            let id = try store.containerID(name)
            guard let process = try RunDirectory(openingOf: id, in: store)?.process() else {
                throw LayerError(.conflict, "cannot kill container: \(name): container \(id.short) is not running")
            }
            try process.send(number)
        }
    }

    /// Asks the process of a container to end, and ends it when it does not; one that does not run stays as it is.
    ///
    /// - Parameters:
    ///   - name: The container.
    ///   - signal: What asks it, by name or number; nil for what the user or the image says, or TERM.
    ///   - seconds: How long it may take; negative for as long as it wants; nil for what the user said, or ten.
    /// - Throws: `LayerError`: `notFound`, `usage` for an unknown signal.
    public func stop(_ name: String, signal: String? = nil, seconds: Int64? = nil) throws(LayerError) {
        try LayerError.catching {
            let record = try store.container(name)
            guard let place = try RunDirectory(openingOf: record.id, in: store), let process = try place.process()
            else { return }
            let settings = record.process
            let image = try store.storedImage(record.imageID)?.config.config["StopSignal"]?.stringValue
            let number = try Self.number(signal ?? settings.stopSignal ?? image ?? "TERM")
            let patience = seconds ?? settings.stopSeconds ?? Self.stopSeconds
            try Self.end(process, first: number, seconds: patience)
            try place.waitUntilEnded()
        }
    }

    /// Waits until the process of a container has ended.
    ///
    /// - Parameter name: The container.
    /// - Returns: What it ended with; 0 where it never ran.
    /// - Throws: `LayerError`: `notFound`.
    public func wait(_ name: String) throws(LayerError) -> Int32 {
        try LayerError.catching {
            let id = try store.containerID(name)
            guard let place = try RunDirectory(openingOf: id, in: store) else { return 0 }
            return try place.endStatus() ?? store.container(id).runState(in: store).status
        }
    }

    /// Keeps a container from being run, and ends its process first where that is wanted.
    ///
    /// - Parameters:
    ///   - id: The container.
    ///   - isForced: Whether to end it.
    /// - Returns: The lock; nil where its process was never run.
    /// - Throws: `LayerError` of code `conflict` when it runs.
    func lockRun(of id: ContainerID, isForced: Bool) throws -> FileLock? {
        guard let place = try RunDirectory(openingOf: id, in: store) else { return nil }
        if let lock = try place.lock() {
            // Who watched it may have been killed, and its process runs on.
            if isForced { try place.end(id) } else { try RunParts(of: place).end() }
            return lock
        }
        guard isForced else {
            let name = try store.readableContainer(id)?.name ?? id.short
            let advice = "stop the container before removing or force remove"
            throw LayerError(.conflict, "cannot remove container \"/\(name)\": container is running: \(advice)")
        }
        if let process = try place.process() { try Self.end(process, first: SignalNumber.kill, seconds: 0) }
        try place.waitUntilEnded()
        return try place.lock()
    }

    private static func end(_ process: ProcessHandle, first: Int32, seconds: Int64) throws(SystemError) {
        do {
            try process.send(first)
            let milliseconds = seconds < 0 ? -1 : Int32(clamping: seconds * 1000)
            if try process.waitUntilEnded(milliseconds: milliseconds) { return }
            try process.send(SignalNumber.kill)
        } catch {
            guard error.isGone else { throw error }
        }
    }

    private static func number(_ signal: String) throws -> Int32 {
        guard let number = SignalNumber.number(of: signal) else {
            throw LayerError(.usage, "invalid signal: \(EscapedText.name(signal.utf8))")
        }
        return number
    }
}

extension ContainerRecord {
    /// What became of the container's process.
    func runState(in store: LayerStore) throws -> RunState {
        let place = try RunDirectory(openingOf: id, in: store)
        let isRunning = try place?.isRunning() ?? false
        // What is written down may be from before the look: a run that has ended meanwhile is none.
        guard let run = try (isRunning ? store.containerRecord(id)?.run : run) ?? run else { return .never }
        return RunState(
            isRunning: isRunning && run.finished == nil,
            processID: isRunning ? place?.processID() : nil,
            started: run.started,
            finished: isRunning ? nil : run.finished,
            status: isRunning ? 0 : run.status ?? RunRecord.unknownStatus,
            failure: isRunning ? "" : run.failure
        )
    }
}
