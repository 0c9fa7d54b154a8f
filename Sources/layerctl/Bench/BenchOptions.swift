import ArgumentParser
import LayerKit

/// What `bench` is to work with, and where.
struct BenchOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("overlay, userns, fuse or copy; can be repeated. All that work here.", valueName: "driver")
    )
    var driver: [String] = []
    @Option(help: ArgumentHelp("How often each work is done.", valueName: "count")) var runs = 5
    @Flag(help: "Measure with what was used just before in memory; what is done unless --cold is given alone.")
    var warm = false
    @Flag(help: "Measure after the kernel has forgotten what it had in memory: all of it as root, else only contents.")
    var cold = false
    @Option(help: ArgumentHelp("Use this image instead of one that is made.", valueName: "image|file"))
    var image: String?
    @Option(help: ArgumentHelp("Of the made image: how many files.", valueName: "count")) var files: Int?
    @Option(help: ArgumentHelp("Of the made image: what each file holds.", valueName: "size")) var fileSize: ByteCount?
    @Option(help: ArgumentHelp("Of the made image: how many layers.", valueName: "count")) var layers: Int?
    @Option(help: ArgumentHelp("Of the made image: what its one large file holds.", valueName: "size"))
    var largeSize: ByteCount?
    @Option(help: ArgumentHelp("Depths of the deep stacks, as in 1,50,500.", valueName: "counts")) var depths: String?
    @Option(help: ArgumentHelp("store (its file system), tmpfs, or loop[:ext4|xfs|btrfs].", valueName: "place"))
    var on: String?
    @Option(help: ArgumentHelp("Work in this directory instead.", valueName: "dir")) var dir: String?

    func validate() throws {
        if image != nil, files != nil || fileSize != nil || layers != nil || largeSize != nil {
            throw ValidationError(
                "--image is one that is there: --files, --file-size, --layers and --large-size make one"
            )
        }
        if on != nil, dir != nil { throw ValidationError("--on and --dir both say where") }
        if let on, BenchmarkPlace(on) == nil {
            let types = BenchmarkPlace.loopTypes.joined(separator: ", ")
            throw ValidationError("no such place: \(on) (there are store, tmpfs, loop and loop:TYPE of \(types))")
        }
        if let depths, Self.numbers(depths) == nil { throw ValidationError("no counts of layers: \(depths)") }
    }

    /// What is asked for.
    ///
    /// - Parameters:
    ///   - works: The works; none for all.
    ///   - store: The user's store.
    /// - Returns: The library's options.
    /// - Throws: `LayerError` of code `usage`.
    func options(_ works: [BenchmarkWork], _ store: StoreOptions) throws -> BenchmarkOptions {
        var options = BenchmarkOptions(storeRoot: store.path)
        if !works.isEmpty { options.works = BenchmarkWork.allCases.filter(works.contains) }
        options.drivers = driver.flatMap { $0.split(separator: ",").map(String.init) }
        options.runCount = runs
        options.caches = cold ? (warm ? [.warm, .cold] : [.cold]) : [.warm]
        options.durability = try store.effectiveDurability()
        options.version = Layerctl.configuration.version
        if let on, let place = BenchmarkPlace(on) { options.place = place }
        if let dir { options.place = .directory(dir) }
        if let depths, let numbers = Self.numbers(depths) { options.depths = numbers }
        options.image = image.map { .named($0) } ?? .made(size)
        return options
    }

    private var size: BenchmarkImageSize {
        var size = BenchmarkImageSize()
        if let files { size.fileCount = files }
        if let fileSize { size.fileByteCount = fileSize.value }
        if let layers { size.layerCount = layers }
        if let largeSize { size.largeFileByteCount = largeSize.value }
        return size
    }

    private static func numbers(_ text: String) -> [Int]? {
        let words = text.split(separator: ",")
        let numbers = words.compactMap { Int($0) }
        return !numbers.isEmpty && numbers.count == words.count ? numbers : nil
    }
}
