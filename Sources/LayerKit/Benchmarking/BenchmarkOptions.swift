public import LayerModel

/// What a benchmark is asked for.
public struct BenchmarkOptions: Sendable {
    /// The image that is worked with.
    public enum Image: Sendable {
        /// One that is made, the same each time.
        case made(BenchmarkImageSize)
        /// A file, or an image of the store, as users name it.
        case named(String)
    }

    /// What is measured.
    public var works = BenchmarkWork.allCases
    /// The drivers; none for all that work here.
    public var drivers: [String] = []
    /// How often each work is done.
    public var runCount = 5
    /// What the kernel has in memory before.
    public var caches: [BenchmarkCache] = [.warm]
    /// The image.
    public var image = Image.made(BenchmarkImageSize())
    /// Where it is done.
    public var place = BenchmarkPlace.store
    /// What a change of the store has behind it before it counts as done.
    public var durability = Durability.full
    /// The user's store, beside which the work is done and which is asked for an image; it is never written in.
    public var storeRoot: String
    /// How many layers the deep stacks have; 500 at most.
    public var depths = [1, 10, 50, 100, 250, 500]
    /// How many processors are used; nil for all.
    public var workerCount: Int?
    /// The version that a report names.
    public var version = ""

    /// Asks for everything.
    ///
    /// - Parameter storeRoot: The user's store.
    public init(storeRoot: String) {
        self.storeRoot = storeRoot
    }
}

/// How large an image is that is made to be measured with.
public struct BenchmarkImageSize: Hashable, Sendable {
    /// How many files there are, besides one large one and `smallFileCount` of 1 KiB.
    public var fileCount = 4000
    /// What each of them holds, in bytes.
    public var fileByteCount: Int64 = 4096
    /// Over how many layers they are spread; directories have files of all layers.
    public var layerCount = 5
    /// What the large file holds, in bytes.
    public var largeFileByteCount: Int64 = 64 << 20
    /// How many files of 1 KiB the lowest layer has.
    public var smallFileCount = 512

    /// The usual size: 81 MB.
    public init() {}

    /// What all files hold, in bytes.
    var byteCount: Int64 {
        Int64(fileCount) * fileByteCount + largeFileByteCount + Int64(smallFileCount) * BenchmarkImage.smallByteCount
    }
}
