import ImageSpec
import LayerDriver
import LayerModel
import LayerStorage
import LayerSystem

/// One benchmark at work.
final class BenchmarkRun {
    private static let storeName = "store"

    private let options: BenchmarkOptions
    private let source: BenchmarkSource
    private let room: BenchmarkRoom
    private let clock: BenchmarkClock
    private let coldness: BenchmarkReport.Coldness?
    private let store: ImageStore

    init(
        _ options: BenchmarkOptions,
        _ source: BenchmarkSource,
        _ room: BenchmarkRoom,
        isCancelled: @escaping () -> Bool,
        onProgress: @escaping (LayerBenchmark.Progress) -> Void
    ) throws {
        self.options = options
        self.source = source
        self.room = room
        let path = room.path + "/" + Self.storeName
        store = try ImageStore(root: path, access: .writing, durability: options.durability)
        let coldness = options.caches.contains(.cold) ? Self.coldness(room) : nil
        self.coldness = coldness
        clock = BenchmarkClock(
            options.works,
            forget: { try BenchmarkRun.forget(coldness ?? .nothing, room) },
            isCancelled: isCancelled,
            onStep: { run, subject in
                onProgress(LayerBenchmark.Progress(run: run, runCount: options.runCount, subject: subject))
            }
        )
    }

    /// Does all and gives the report.
    func report() throws -> BenchmarkReport {
        var report = BenchmarkReport(options, room)
        report.coldness = coldness
        let archive = try source.archive(in: room)
        report.image = try load(archive)
        let drivers = try options.works.contains(where: \.needsDriver) ? usableDrivers() : []
        report.drivers = drivers.map(\.name)
        let deep = clock.measures([.deep]) && !drivers.isEmpty ? try loadDeep() : []
        let storeWorks = StoreBenchmark(
            room: room,
            clock: clock,
            store: store,
            archive: archive,
            options: options,
            image: report.image
        )
        for run in 1...options.runCount {
            clock.run = run
            for cache in options.caches {
                clock.cache = cache
                if clock.measures(BenchmarkWork.ofStore) { try storeWorks.run() }
                // Each driver begins as often as any other.
                let first = drivers.isEmpty ? 0 : run % drivers.count
                try measure(Array(drivers[first...] + drivers[..<first]), deep)
            }
        }
        report.figures = clock.figures(drivers: report.drivers)
        report.omissions = clock.omissions
        return report
    }

    private func measure(_ drivers: [DriverBenchmark], _ deep: [(name: String, layerCount: Int)]) throws {
        let groups: [(works: [BenchmarkWork], body: (DriverBenchmark, BenchmarkClock) throws -> Void)] = [
            ([.mount, .umount], { try $0.measureMount($1) }),
            (BenchmarkWork.reading + BenchmarkWork.writing, { try $0.measureFiles($1) }),
            ([.diff, .commit], { try $0.measureChanges($1) }),
        ]
        for (works, body) in groups where clock.measures(works) {
            for driver in drivers {
                try attempt(works.map(\.rawValue).joined(separator: ","), driver) { try body(driver, clock) }
            }
        }
        for (name, layerCount) in deep {
            for driver in drivers {
                try attempt("\(BenchmarkWork.deep.rawValue)/\(layerCount)", driver) {
                    try driver.measureDeep(name, layerCount: layerCount, clock)
                }
            }
        }
    }

    /// What one driver cannot do takes nothing from the others, and is not tried again.
    private func attempt(_ work: String, _ driver: DriverBenchmark, _ body: () throws -> Void) throws {
        let isOmitted = clock.omissions.contains { $0.work == work && $0.driver == driver.name }
        guard !isOmitted else { return }
        try clock.check()
        do {
            try body()
        } catch {
            try clock.check()
            clock.omit(work, driver: driver.name, LayerError.wrapping(error).message)
        }
        // What is not on the disk yet is not to be written while the next one is measured.
        try room.directory.synchronizeFileSystem()
    }

    private func load(_ archive: ImageArgument) throws -> BenchmarkReport.Image {
        var loading = LoadOptions()
        loading.name = try ImageReference(parsing: StoreBenchmark.imageName)
        loading.workerCount = options.workerCount
        _ = try store.load(archive, loading)
        let details = try store.image(StoreBenchmark.imageName)
        var image = BenchmarkReport.Image()
        image.name = source.name
        image.layerCount = details.layers.count
        image.byteCount = details.treeByteCount ?? 0
        image.fileCount = details.layers.reduce(0) { $0 + Int64($1.size?.fileCount ?? 0) }
        return image
    }

    /// The stacks that are mounted one after the other: images of one stack, which share their layers.
    private func loadDeep() throws -> [(name: String, layerCount: Int)] {
        let depths = Set(options.depths).sorted()
        var images: [(name: String, layerCount: Int)] = []
        let quick = try ImageStore(root: room.path + "/" + Self.storeName, access: .writing, durability: .none)
        for (draft, depth) in zip(try BenchmarkImage.deep(depths), depths) {
            let name = "bench.layerctl.test/deep:\(depth)"
            _ = try quick.add([draft], names: [ImageReference(parsing: name)])
            images.append((name, depth))
        }
        return images
    }

    /// The drivers that show the image here; of the others it is said why they do not.
    private func usableDrivers() throws -> [DriverBenchmark] {
        let automatic = try store.info().driver
        let wanted = options.drivers.isEmpty ? DriverKind.allCases.map(\.rawValue) : options.drivers
        var drivers: [DriverBenchmark] = []
        for name in DriverKind.allCases.map(\.rawValue) where wanted.contains(name) {
            let request = name == automatic ? "auto" : name
            let elsewhere = name == DriverKind.userns.rawValue && Self.worksElsewhere
            var driver = DriverBenchmark(name: name, request: request, worksElsewhere: elsewhere, store: store)
            do {
                driver.files = try driver.sample()
                drivers.append(driver)
            } catch {
                clock.omit(nil, driver: name, Self.reason(error))
            }
            try clock.check()
        }
        if drivers.isEmpty, let omission = clock.omissions.first {
            throw LayerError(.failure, "no driver works here: \(omission.driver ?? ""): \(omission.reason)")
        }
        return drivers
    }

    private static func reason(_ error: any Error) -> String {
        let error = LayerError.wrapping(error)
        // The path of a layer that is gone when this is read says nothing.
        guard case DriverError.attributesOfRoot? = error.cause else { return error.message }
        return "what root has unpacked cannot be shown in a user namespace"
    }

    /// Whether a user namespace has numbers beside the user's own, so that files of containers can be the namespace's alone.
    private static var worksElsewhere: Bool {
        Host.effectiveUserID != 0 && NamespaceMapping.available().kind == .ranges
    }

    private static func coldness(_ room: BenchmarkRoom) -> BenchmarkReport.Coldness {
        if room.fileSystem == "tmpfs" || room.fileSystem == "ramfs" { return .nothing }
        // reason: that it cannot be done is the answer
        return (try? PageCache.drop()) == nil ? .contents : .everything
    }

    private static func forget(_ coldness: BenchmarkReport.Coldness, _ room: BenchmarkRoom) throws {
        try room.directory.synchronizeFileSystem()
        switch coldness {
        case .everything: try PageCache.drop()
        case .contents: try PageCache.forgetContent(below: room.directory)
        case .nothing: break
        }
    }
}

extension BenchmarkReport {
    fileprivate init(_ options: BenchmarkOptions, _ room: BenchmarkRoom) {
        self.init()
        version = options.version
        created = Timestamp(seconds: Host.now().seconds)
        machine = .this
        place = options.place.name
        fileSystem = room.fileSystem
        durability = options.durability
        runCount = options.runCount
    }
}
