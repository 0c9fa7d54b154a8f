import ImageSpec
import LayerArchive
import LayerModel

/// What the records of a store need: every other layer, and every other blob, is nobody's.
///
/// `rmi`, the prune verbs and `gc` ask nothing else. It holds as long as the store's exclusive lock is held under which it was made.
struct StoreMark {
    /// What nobody needs any more since an image has gone.
    struct Unneeded {
        /// Stacks, the top first.
        var chains: [ChainID] = []
        var keys: Set<LayerKey> = []
        var blobs: Set<BlobDigest> = []
    }

    /// A line for each record that cannot be read.
    var problems: [String] { noted.lines }
    /// Directories of images that have no record and no name.
    private(set) var strays: Set<ImageID> = []
    private var noted = RecordProblems()
    private var layers: [LayerKey: Int] = [:]
    private var chains: [ChainID: Int] = [:]
    private var blobs: [BlobDigest: Int] = [:]

    /// Whether all records could be read: nobody knows what a damaged one needs, and nothing may go then.
    var isCertain: Bool { noted.lines.isEmpty }

    /// Whether a layer must stay.
    func needs(_ key: LayerKey) -> Bool { !isCertain || layers[key] != nil }

    /// Whether a blob must stay.
    func needs(_ blob: BlobDigest) -> Bool { !isCertain || blobs[blob] != nil }

    /// Notes what an image or a container needs.
    mutating func add(_ stack: [ImageRecord.Layer]) {
        for layer in stack {
            layers[layer.key, default: 0] += 1
            if let blob = layer.blobDigest { blobs[blob, default: 0] += 1 }
        }
        for chain in ChainID.of(stack.map(\.diffID)) { chains[chain, default: 0] += 1 }
    }

    /// Forgets what an image needs.
    ///
    /// - Parameter stack: The image's layers, the lowest first.
    /// - Returns: What nobody needs any more.
    mutating func remove(_ stack: [ImageRecord.Layer]) -> Unneeded {
        var unneeded = Unneeded()
        for layer in stack {
            if Self.drop(layer.key, from: &layers) { unneeded.keys.insert(layer.key) }
            if let blob = layer.blobDigest, Self.drop(blob, from: &blobs) { unneeded.blobs.insert(blob) }
        }
        for chain in ChainID.of(stack.map(\.diffID)).reversed() where Self.drop(chain, from: &chains) {
            unneeded.chains.append(chain)
        }
        if !isCertain { (unneeded.keys, unneeded.blobs) = ([], []) }
        return unneeded
    }

    /// Whether the last one went.
    private static func drop<Key: Hashable>(_ key: Key, from counts: inout [Key: Int]) -> Bool {
        guard let count = counts[key], count > 1 else {
            counts[key] = nil
            return true
        }
        counts[key] = count - 1
        return false
    }
}

extension StoreMark {
    /// Reads all records of images and containers.
    ///
    /// - Parameters:
    ///   - store: The store, whose exclusive lock the caller holds.
    ///   - unfinished: Containers that nobody finished: they need nothing.
    /// - Throws: `SystemError`.
    init(of store: LayerStore, without unfinished: Set<ContainerID> = []) throws {
        try addImages(of: store)
        let containers = try store.containers(without: unfinished)
        for container in containers.records { add(container.layers) }
        for problem in containers.problems { noted.add(problem) }
    }

    private mutating func addImages(of store: LayerStore) throws {
        for id in try store.imageIDs() {
            do {
                if let record = try store.imageRecord(id) { add(record.layers) } else { strays.insert(id) }
            } catch {
                try noted.add(error)
            }
        }
        guard !strays.isEmpty else { return }
        // An image with a name was whole once: it is damaged, and not unfinished. A damaged name may be its own.
        let (names, damage) = try store.allNames()
        for id in strays where names[id] != nil || !damage.isEmpty {
            strays.remove(id)
            noted.add("image \(id): it has no record: load it again, or rmi it")
        }
    }
}
