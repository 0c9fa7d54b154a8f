public import LayerModel

/// What a benchmark measured, and on what.
public struct BenchmarkReport: Hashable, Sendable {
    /// The machine.
    public struct Machine: Hashable, Sendable {
        /// The kernel's release.
        public var kernel = ""
        /// The architecture in Go's words.
        public var architecture = ""
        /// What the processor calls itself; empty where it does not.
        public var processor = ""
        /// How many processors could be used.
        public var processorCount = 0
        /// The memory, in bytes; 0 where it is not known.
        public var memoryByteCount: Int64 = 0

        /// A machine of which nothing is known.
        public init() {}
    }

    /// The image that was worked with.
    public struct Image: Hashable, Sendable {
        /// `made`, or the name that the user gave.
        public var name = ""
        /// How many layers it has.
        public var layerCount = 0
        /// How many names other than directories its layers have.
        public var fileCount: Int64 = 0
        /// What its layers' files hold, in bytes.
        public var byteCount: Int64 = 0

        /// An image of which nothing is known.
        public init() {}
    }

    /// What was forgotten before a cold measurement.
    public enum Coldness: String, Hashable, Sendable {
        /// Content, names and attributes.
        case everything
        /// Content of the layers' files; names and attributes stay in memory where the user is not root.
        case contents
        /// Nothing, on a file system in memory.
        case nothing
    }

    /// What was not measured.
    public struct Omission: Hashable, Sendable {
        /// The work; nil for all works of the driver.
        public let work: String?
        /// The driver; nil for all.
        public let driver: String?
        /// Why, in one line.
        public let reason: String

        /// Makes an omission.
        public init(work: String?, driver: String?, reason: String) {
            self.work = work
            self.driver = driver
            self.reason = reason
        }
    }

    /// The version of the program.
    public var version = ""
    /// When it was measured.
    public var created = Timestamp(seconds: 0)
    /// The machine.
    public var machine = Machine()
    /// Where: `store`, `tmpfs`, `loop:TYPE` or `dir`.
    public var place = ""
    /// The type of the file system (`ext4`).
    public var fileSystem = ""
    /// What a change of the store had behind it before it counted as done.
    public var durability = Durability.full
    /// The image.
    public var image = Image()
    /// How often each work was to be done.
    public var runCount = 0
    /// What a cold measurement forgot; nil when there were none.
    public var coldness: Coldness?
    /// The drivers, in their order.
    public var drivers: [String] = []
    /// The figures: works in their order, of each the drivers in theirs.
    public var figures: [BenchmarkFigure] = []
    /// What was left out.
    public var omissions: [Omission] = []

    /// A report of nothing.
    public init() {}
}
