/// A kind of layer I/O that can be measured.
///
/// The raw values are what users write and what stands in reports; they stay.
public enum BenchmarkWork: String, CaseIterable, Hashable, Sendable {
    /// An image comes into an empty store.
    case unpack
    /// An image is loaded that the store has.
    case loadAgain = "load-again"
    /// An image of the store is verified, every byte of it.
    case verify
    /// An image becomes a directory of its own, by copying.
    case checkout
    /// An image is written as an archive.
    case save
    /// A container is mounted.
    case mount
    /// A container that nobody has written in is unmounted.
    case umount
    /// Every name of a mounted tree is asked for its status.
    case statWalk = "stat-walk"
    /// Every directory of a mounted tree is listed.
    case list
    /// Every file of a mounted tree is read.
    case readSequential = "read-seq"
    /// Pieces of one large file are read in no order.
    case readRandom = "read-random"
    /// Small files of the image are changed for the first time.
    case copyUpSmall = "copy-up-small"
    /// The largest file of the image is changed for the first time.
    case copyUpLarge = "copy-up-large"
    /// A file of the container's own grows.
    case append
    /// Files of the image are removed.
    case whiteout
    /// New files are made.
    case create
    /// What a container has changed is found.
    case diff
    /// What a container has changed becomes a layer.
    case commit
    /// Stacks of more and more layers are mounted, and every name is asked for its status.
    case deep

    /// What is counted.
    public var unit: BenchmarkUnit {
        switch self {
        case .unpack, .verify, .checkout, .save, .readSequential, .copyUpLarge, .append: .bytes
        default: .operations
        }
    }

    /// What is done, in a few words.
    public var summary: String {
        switch self {
        case .unpack: "load the image into an empty store"
        case .loadAgain: "load the image into a store that has it: every name is looked at"
        case .verify: "verify the image in the store, every byte"
        case .checkout: "make the image a directory of its own, by copying"
        case .save: "write the image as an archive into a file"
        case .mount: "mount a container"
        case .umount: "unmount a container in which nothing was written"
        case .statWalk: "ask for the status of every name of a mounted tree"
        case .list: "list every directory of a mounted tree"
        case .readSequential: "read every file of a mounted tree"
        case .readRandom: "read 4 KiB at random places of the largest file"
        case .copyUpSmall: "append a byte to small files of the image (1 KiB in a made one)"
        case .copyUpLarge: "append a byte to the largest file of the image (64 MiB in a made one)"
        case .append: "append 4 KiB at a time to a file of the container's own"
        case .whiteout: "remove small files of the image"
        case .create: "create files of 1 KiB"
        case .diff: "find what a container has changed"
        case .commit: "make a layer of what a container has changed"
        case .deep: "mount stacks of 1, 10, 50, 100, 250 and 500 layers and ask for the status of every name"
        }
    }

    /// Whether a driver takes part in it.
    public var needsDriver: Bool { !Self.ofStore.contains(self) }

    /// Those in which the store alone is at work.
    static let ofStore: [BenchmarkWork] = [.unpack, .loadAgain, .verify, .checkout, .save]
    /// Those in a tree in which nothing was written.
    static let reading: [BenchmarkWork] = [.statWalk, .list, .readSequential, .readRandom]
    /// Those that write, in the order in which they are done in one container.
    static let writing: [BenchmarkWork] = [.copyUpSmall, .copyUpLarge, .append, .whiteout, .create]
}

/// What an amount of work is counted in.
public enum BenchmarkUnit: String, Hashable, Sendable {
    /// Bytes of content.
    case bytes
    /// Names, files, pieces or calls.
    case operations
}
