import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem

/// What is left of a run when whoever watched it has died; the caller holds the lock of who runs the process.
extension RunDirectory {
    private static let mountMarkName = "mount"
    private static let leftoverNames = ["config.json", "pid", "runtime", "state", RunParts.name]

    /// Whether what is mounted was mounted for a run, and is to go with it.
    func ownsMount() throws -> Bool { try directory.statusIfPresent(Self.mountMarkName) != nil }

    /// Writes down whether what is mounted was mounted for a run.
    func setOwnsMount(_ owns: Bool) throws {
        guard try ownsMount() != owns else { return }
        if owns { _ = try directory.createFile(Self.mountMarkName) } else { try directory.unlink(Self.mountMarkName) }
    }

    /// Asks the runtime for a process that runs on although nobody watches it.
    ///
    /// One that has been made and never started has done nothing, and is none.
    ///
    /// - Parameter id: The container.
    /// - Returns: What is to be told of it; nil when there is none.
    /// - Throws: `SystemError`.
    func orphan(_ id: ContainerID) throws -> String? {
        guard let path = runtimePath(), try directory.statusIfPresent("state") != nil else { return nil }
        let advice = "start it again or rm -f it"
        let runtime = try Runtime(path, isRoot: RuntimePlace.current == .host)
        let outcome: ChildProcess.Outcome
        do {
            outcome = try ChildProcess.run(runtime.path, runtime.arguments(["state", id.hex], in: self))
        } catch {
            return "container \(id.short): its runtime cannot be asked, what it left stays: \(error)"
        }
        // It knows of nothing.
        guard outcome.status == 0 else { return nil }
        // reason: an answer that is not understood is taken for that of a process which runs
        let state = try? JSONValue(parsing: Array(outcome.text.utf8)).objectValue?["status"]?.stringValue
        guard !["stopped", "created", "creating"].contains(state) else { return nil }
        return "container \(id.short): its process runs on, and nobody watches it: \(advice)"
    }

    /// Removes what a runtime needs while it runs.
    ///
    /// - Parameters:
    ///   - id: The container.
    ///   - isDryRun: Whether only to say what would go.
    /// - Returns: What went.
    /// - Throws: `SystemError`.
    func endLeftovers(_ id: ContainerID, isDryRun: Bool) throws -> [StoreCollection.Item] {
        let names = try directory.list().filter { name in
            name.starts(with: Self.documentPrefix.utf8) || Self.leftoverNames.contains { name.elementsEqual($0.utf8) }
        }
        let items = try names.map { try item($0, of: id) }
        guard !isDryRun else { return items }
        try RunParts(of: self).end()
        try forget(id)
        for name in names where try directory.statusIfPresent(name) != nil { try directory.removeTree(name) }
        return items
    }

    private func item(_ name: [UInt8], of id: ContainerID) throws -> StoreCollection.Item {
        let path = Array("containers/\(id.hex)/\(Self.name)/".utf8) + name
        let status = try directory.status(name)
        guard status.kind == .directory else {
            return StoreCollection.Item(.run, path, byteCount: status.byteCount, inodeCount: 1)
        }
        if name.elementsEqual(RunParts.name.utf8) {
            // What is mounted there is somebody else's.
            return StoreCollection.Item(.run, path, inodeCount: Int64(try directory.open(name).list().count) + 1)
        }
        let measure = try TreeMeasure(below: directory.open(name))
        return StoreCollection.Item(.run, path, byteCount: measure.byteCount, inodeCount: measure.inodeCount + 1)
    }
}
