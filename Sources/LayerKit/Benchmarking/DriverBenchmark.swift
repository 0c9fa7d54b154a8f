import ImageSpec
import LayerModel
import LayerSystem

/// The works that one driver takes part in, each group in a container of its own.
struct DriverBenchmark: Sendable {
    /// The driver's name.
    let name: String
    /// How the driver is asked for: as `auto` where that chooses it, so that what is measured is what users get.
    let request: String
    /// Whether what is done with its containers has to be done in a user namespace, which this process stays out of.
    let worksElsewhere: Bool
    let store: ImageStore
    var files = SampledFiles()

    /// Mounts a container, unmounts it.
    func measureMount(_ clock: BenchmarkClock) throws {
        let container = try makeContainer(StoreBenchmark.imageName)
        try cleaning(container) {
            try clock.measure(.mount, driver: name) {
                _ = try mount(container)
                return 1
            }
            try clock.measure(.umount, driver: name) {
                try store.unmount(container)
                return 1
            }
        }
    }

    /// Reads in a container, then writes in it.
    func measureFiles(_ clock: BenchmarkClock) throws {
        let container = try makeContainer(StoreBenchmark.imageName)
        try cleaning(container) {
            try withTree(of: container) { root in
                if clock.measures(BenchmarkWork.reading) { try read(root, clock) }
                if clock.measures(BenchmarkWork.writing) { try write(root, clock) }
            }
            try store.unmount(container)
        }
    }

    private func read(_ root: Directory, _ clock: BenchmarkClock) throws {
        try pass(.statWalk, clock) { try TreePass.status(below: root).nameCount }
        try pass(.list, clock) { try TreePass.list(below: root).nameCount }
        try pass(.readSequential, clock) { try TreePass.read(below: root).byteCount }
        guard let (path, byteCount) = files.largest else {
            return clock.omit(BenchmarkWork.readRandom.rawValue, driver: nil, "the image has no file for it")
        }
        let offsets = Self.offsets(in: byteCount)
        try pass(.readRandom, clock) {
            try root.readFile(at: path, offsets: offsets, byteCount: Self.pieceByteCount)
            return Int64(offsets.count)
        }
    }

    /// Measures something that is done once before, so that what is warm is warm.
    private func pass(_ work: BenchmarkWork, _ clock: BenchmarkClock, _ body: () throws -> Int64) throws {
        guard clock.measures([work]) else { return }
        if clock.cache == .warm { _ = try body() }
        try clock.measure(work, driver: name, body)
    }

    private func write(_ root: Directory, _ clock: BenchmarkClock) throws {
        if !files.changed.isEmpty {
            try clock.measure(.copyUpSmall, driver: name) {
                for path in files.changed { try root.append([1], toFileAt: path) }
                return Int64(files.changed.count)
            }
        }
        if let (path, byteCount) = files.largest {
            try clock.measure(.copyUpLarge, driver: name) {
                try root.append([1], toFileAt: path)
                return byteCount
            }
        }
        try root.createFile(at: Self.ownFile, pieces: 1, of: [0])
        try clock.measure(.append, driver: name) {
            let piece = [UInt8](repeating: 0x61, count: Self.pieceByteCount)
            try root.createFile(at: Self.ownFile, pieces: Self.pieceCount, of: piece)
            return Int64(Self.pieceCount * Self.pieceByteCount)
        }
        if files.removed.isEmpty {
            for work in [BenchmarkWork.copyUpSmall, .whiteout] {
                clock.omit(work.rawValue, driver: nil, "the image has no files for it")
            }
        } else {
            try clock.measure(.whiteout, driver: name) {
                for path in files.removed { try root.removeFile(at: path) }
                return Int64(files.removed.count)
            }
        }
        try clock.measure(.create, driver: name) { try Self.createFiles(root) }
    }

    /// Finds what a container has changed, and makes a layer of it: the same changes each time.
    func measureChanges(_ clock: BenchmarkClock) throws {
        let container = try makeContainer(StoreBenchmark.imageName)
        try cleaning(container) {
            try withTree(of: container) { root in
                for path in files.changed { try root.append([1], toFileAt: path) }
                for path in files.removed { try root.removeFile(at: path) }
                _ = try Self.createFiles(root)
            }
            try store.unmount(container)
            try measureElsewhere(.diff, clock) { Int64(try store.changes(of: container).count) }
            guard clock.measures([.commit]) else { return }
            var committing = CommitOptions()
            committing.reference = try ImageReference(parsing: Self.committedName)
            try measureElsewhere(.commit, clock) { [committing] in
                Int64(try store.commit(container, committing).changes.count)
            }
            // The next one may be the same to the byte, and is to find nothing of this one.
            _ = try store.remove(Self.committedName, isForced: true)
        }
    }

    private func measureElsewhere(
        _ work: BenchmarkWork,
        _ clock: BenchmarkClock,
        _ body: @escaping @Sendable () throws -> Int64
    ) throws {
        guard clock.measures([work]) else { return }
        guard worksElsewhere else { return try clock.measure(work, driver: name, body) }
        try clock.measureElsewhere(work, driver: name) {
            let told = try NamespaceChild.run {
                let (sample, amount) = try BenchmarkSample.measuring(body)
                let times = [sample.wallNanoseconds, sample.userNanoseconds, sample.systemNanoseconds, amount]
                return Array(times.map(String.init).joined(separator: " ").utf8)
            }
            let numbers = String(decoding: told, as: UTF8.self).split(separator: " ").compactMap { Int64($0) }
            guard numbers.count == 4 else { throw LayerError(.failure, "\(work.rawValue): the child told nothing") }
            let sample = BenchmarkSample(
                wallNanoseconds: numbers[0],
                userNanoseconds: numbers[1],
                systemNanoseconds: numbers[2]
            )
            return (sample, numbers[3])
        }
    }

    /// Mounts a deep stack and walks through it.
    ///
    /// - Parameters:
    ///   - image: The image's name.
    ///   - layerCount: How many layers it has.
    ///   - clock: What measures.
    /// - Throws: `LayerError`, `SystemError`.
    func measureDeep(_ image: String, layerCount: Int, _ clock: BenchmarkClock) throws {
        let container = try makeContainer(image)
        try cleaning(container) {
            try clock.measure(.deep, driver: name, layerCount: layerCount) {
                try TreePass.status(below: Directory(path: mount(container))).nameCount
            }
            try store.unmount(container)
        }
    }

    /// Says which files the works take, by a first look at the image's tree; shows also whether the driver works.
    func sample() throws -> SampledFiles {
        let container = try makeContainer(StoreBenchmark.imageName)
        return try cleaning(container) {
            let files = try withTree(of: container) { try SampledFiles(in: $0) }
            try store.unmount(container)
            return files
        }
    }
}
