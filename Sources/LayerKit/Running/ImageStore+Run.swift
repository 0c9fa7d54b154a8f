import ImageSpec
public import LayerModel
import LayerStorage
import LayerSystem

extension ImageStore {
    /// Runs the process of a container to its end, with the streams of this process.
    ///
    /// Signals that others send to this process are handed on. Must be called before any thread is started; afterwards this process may be
    /// in a user namespace.
    ///
    /// - Parameters:
    ///   - name: The container.
    ///   - options: How it is to be run.
    /// - Returns: What it ended with: its own status, or 128 and the number of the signal that ended it.
    /// - Throws: `LayerError`: `notFound`, `conflict` when it runs already, `programNotFound` and `notExecutable` for what is to run in it.
    public func run(_ name: String, _ options: RunOptions = RunOptions()) throws(LayerError) -> Int32 {
        try LayerError.catching {
            let run = try ContainerRun(store.containerID(name), options, in: self)
            return try AttachedRun(run: run).complete()
        }
    }

    /// Starts the process of a container, which goes on when this process has ended; what it writes is kept.
    ///
    /// Must be called before any thread is started.
    ///
    /// - Parameters:
    ///   - name: The container.
    ///   - options: How it is to be run.
    /// - Returns: The container.
    /// - Throws: `LayerError` as for `run(_:_:)`.
    @discardableResult
    public func start(_ name: String, _ options: RunOptions = RunOptions()) throws(LayerError) -> ContainerID {
        try LayerError.catching {
            let (root, durability) = (store.path, store.durability)
            let id = try store.containerID(name)
            let report = try DetachedProcess.start(name: "layerctl-run") { pipe in
                DetachedRun.main(id, options, root: root, durability, pipe)
            }
            try ForkReport(report).check()
            return id
        }
    }
}
