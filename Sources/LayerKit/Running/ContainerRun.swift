import ImageSpec
import LayerDriver
import LayerModel
import LayerStorage
import LayerSystem

/// One run of a container's process, from its mount to what became of it.
///
/// The lock of `run/` is held from the beginning to the end, and dies with this process.
final class ContainerRun {
    let images: ImageStore
    let id: ContainerID
    let place: RunDirectory
    let runtime: Runtime
    private(set) var config: RuntimeConfig
    private let root: Directory
    /// Whether the mount is to go again.
    private let ownsMount: Bool
    /// Where the runtime makes directories to mount on, which are not the process' work.
    private let missing: [String]
    /// What is mounted for this run.
    private var shown: ShownMounts
    private var lock: FileLock?
    private let outcome: File

    /// Shows the container, and writes what the runtime gets.
    ///
    /// Without rights over the host this process enters the user namespace that shows the container. No other thread may run.
    ///
    /// - Parameters:
    ///   - id: The container.
    ///   - options: How it is to be run.
    ///   - images: The store.
    /// - Throws: `LayerError`: `conflict` when it runs already.
    init(_ id: ContainerID, _ options: RunOptions, in images: ImageStore) throws {
        self.images = images
        self.id = id
        place = try RunDirectory(makingOf: id, in: images.store)
        let record = try images.store.container(id)
        guard let lock = try place.lock() else {
            throw LayerError(.conflict, "container \(record.name) is running already")
        }
        self.lock = lock
        runtime = try Runtime(options.runtime, isRoot: RuntimePlace.current == .host)
        guard let image = try images.store.storedImage(record.imageID)?.config else {
            throw LayerError(.notFound, "No such image: \(record.imageName)")
        }
        let network = try NetworkSource.path(of: record.process.network, in: images)
        try place.end(id)
        ShownMounts.endVolumes(of: record)
        var mountOptions = MountOptions()
        mountOptions.driver = options.driver
        // That of a run that was cut off goes with this one.
        let inheritsMount = try place.ownsMount()
        let mount = try images.mount(id.hex, mountOptions)
        ownsMount = mount.reason != nil || inheritsMount
        do {
            try place.setOwnsMount(ownsMount)
            let rootPath = try Self.enter(mount, id, in: images)
            root = try Directory(path: rootPath)
            let own = try images.runtimeMounts(of: record, run: place)
            shown = own.shown
            let host = record.process.network == .host ? ["/etc/hosts", "/etc/resolv.conf"] : []
            missing = try ContainerRoot(root).missing(
                ["/dev", "/proc", "/sys"] + host + record.mounts.map(\.destination)
            )
            config = try RuntimeDocument(
                record: record,
                image: image,
                settings: record.process,
                root: root,
                rootPath: rootPath,
                place: .current,
                hasControlGroups: runtime.hasControlGroups,
                mounts: own.mounts,
                networkPath: network
            ).config()
            try place.write(config.document(), for: runtime)
            outcome = try place.makeStatusFile()
        } catch {
            // reason: the error that is told is the first one; the mount is listed, and the next run does the other again
            try? RunParts(of: place).end()
            if ownsMount { try? images.unmount(id.hex, isLazy: true) }
            throw error
        }
    }

    /// Goes where a container is shown.
    ///
    /// - Returns: The path of its root there.
    private static func enter(_ mount: MountDetails, _ id: ContainerID, in images: ImageStore) throws -> String {
        guard Host.effectiveUserID != 0 else { return String(decoding: mount.path, as: UTF8.self) }
        guard let shown = try StoreMounts(images.store).place(of: id), let keeper = shown.processID else {
            try UserNamespace.enter()
            return String(decoding: mount.path, as: UTF8.self)
        }
        let kind = NamespaceMapping.available().kind
        try UserNamespace.join(keeper)
        try Host.setEnvironment(UserNamespace.variable, kind.rawValue)
        return String(decoding: shown.mountPoint, as: UTF8.self)
    }

    /// Writes down that the process begins.
    func begin() throws {
        try images.store.updateContainer(id) { $0.run = RunRecord(started: Host.now()) }
    }

    /// Takes away what the run needed, and writes down what became of it.
    ///
    /// - Parameters:
    ///   - status: What the process ended with.
    ///   - failure: Why it could not be started; empty when it could.
    /// - Throws: `LayerError`, `StorageError`, `SystemError` of the first that fails; the rest is tried all the same.
    func end(_ status: Int32, failure: String = "") throws {
        // reason: a process that has ended has mostly been forgotten by the runtime already
        _ = try? ChildProcess.run(runtime.path, runtime.arguments(["delete", "--force", id.hex], in: place))
        ContainerRoot(root).remove(missing)
        try? RunParts(of: place).end()  // reason: the next run, or who removes the container, does it again
        let volumes = Result { try shown.endVolumes(in: images) }
        for image in shown.images {
            try? images.unmount(image, isLazy: true)  // reason: it is listed, and another container may show it
        }
        let removes = config.settings.isRemovedAtEnd
        defer { lock = nil }
        try outcome.write(Array("\(status)".utf8))
        // Who removes it need not tell the plugins again.
        if !removes || shown.hasVolumes {
            try images.store.updateContainer(id) { record in
                var run = record.run ?? RunRecord(started: Host.now())
                (run.finished, run.status, run.failure) = (Host.now(), status, failure)
                record.run = run
            }
        }
        if ownsMount {
            try images.unmount(id.hex, isLazy: true)
            try place.setOwnsMount(false)
        }
        if removes {
            lock = nil
            try images.removeContainer(id.hex, isForced: true, removesVolumes: true)
        }
        try volumes.get()
    }

    /// The error of a process that the runtime could not start.
    ///
    /// - Parameter said: What the runtime said; empty where the user has read it.
    /// - Returns: The error, of code `programNotFound` or `notExecutable` where that is the reason.
    func startError(_ said: String) -> LayerError {
        let words = config.settings.arguments(of: config.image.config)
        let program = words.first ?? ""
        let variables = config.environment.last { $0.hasPrefix("PATH=") }?.dropFirst(5) ?? ""
        let obstacle = ContainerRoot(root).obstacle(
            to: program,
            searchPath: String(variables),
            workingDirectory: config.workingDirectory
        )
        let shown = EscapedText.name(program.utf8)
        switch obstacle {
        case .notFound: return LayerError(.programNotFound, "\(shown): no such program in the container")
        case .notExecutable: return LayerError(.notExecutable, "\(shown): no program that may be run")
        case nil:
            return LayerError(
                .failure,
                "\(runtime.name) cannot start the container" + (said.isEmpty ? "" : ": \(said)")
            )
        }
    }
}
