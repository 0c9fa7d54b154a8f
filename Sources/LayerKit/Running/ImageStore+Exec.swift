import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem

extension ImageStore {
    /// Runs a further process in a container that runs.
    ///
    /// Must be called before any thread is started; afterwards this process may be in the container's user namespace.
    ///
    /// - Parameters:
    ///   - name: The container.
    ///   - command: The program and its arguments.
    ///   - options: What is wanted of it.
    /// - Returns: What it ended with.
    /// - Throws: `LayerError`: `notFound`, `conflict` when the container does not run, `programNotFound`, `notExecutable`.
    public func execute(
        in name: String,
        _ command: [String],
        _ options: ExecOptions = ExecOptions()
    ) throws(LayerError) -> Int32 {
        try LayerError.catching {
            let id = try store.containerID(name)
            guard let place = try RunDirectory(openingOf: id, in: store), let process = try place.process() else {
                throw LayerError(.conflict, "container \(id.short) is not running")
            }
            let isRoot = RuntimePlace.current == .host
            let runtime = try Runtime(options.runtime ?? place.runtimePath(), isRoot: isRoot)
            // The runtime's root would not be let in from outside.
            if !UserNamespace.isShared(with: process.processID) {
                try UserNamespace.joinUsers(of: process.processID)
            }
            let root = ContainerRoot(try Directory(path: "/proc/\(process.processID)/root"))
            var options = options
            // Nobody would be at its other end.
            options.hasTerminal = options.hasTerminal && !options.isDetached
            let document = try ExecDocument(place, root).process(command, options)
            let file = try TemporaryName.make(prefix: RunDirectory.documentPrefix)
            try place.directory.createFile(file).write(JSONValue.object(document).encoded())
            defer { try? place.directory.unlink(file) }  // reason: it goes with the container at the latest
            let verb =
                ["exec", "--process", "\(place.path)/\(file)"] + (options.isDetached ? ["--detach"] : []) + [id.hex]
            let isReading = (options.keepsInput || options.hasTerminal) && !options.isDetached
            let input = isReading ? nil : try File.openForReading(path: "/dev/null")
            let words = runtime.arguments(verb, in: place)
            return try ChildProcess.start(runtime.path, words, streams: (input, nil, nil)).waitForwardingSignals()
        }
    }
}
