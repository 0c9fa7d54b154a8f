public import ImageSpec
import LayerDriver
public import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// A store of images and their layers.
///
/// Opening one to read makes nothing: a store that does not exist is empty. Several processes may use one at once.
public final class ImageStore: Sendable {
    /// What a store is opened for.
    public enum Access: Sendable {
        /// Looking.
        case reading
        /// Changing: the store is made when it is not there.
        case writing
    }

    /// How much of anything is read from outside: what this store's operations refuse.
    public let limits: InputLimits
    let store: LayerStore
    /// How mounts of containers are found and ended.
    let containerMounts = ContainerMounts.everywhere

    /// Opens a store.
    ///
    /// - Parameters:
    ///   - root: Its directory.
    ///   - access: What for.
    ///   - durability: What a change has behind it before the call that makes it returns.
    ///   - limits: How much of anything is read from outside before it is refused.
    /// - Throws: `LayerError` for a store of a later version, one that others may write, or one that cannot be made.
    public init(
        root: String,
        access: Access,
        durability: Durability = .full,
        limits: InputLimits = .standard
    ) throws(LayerError) {
        self.limits = limits
        store = try LayerError.catching {
            try LayerStore(
                path: Self.absolute(root),
                access: access == .writing ? .writing : .reading,
                durability: durability
            )
        }
    }

    /// The usual root: `LAYERCTL_ROOT`, or `/var/lib/layerctl` for root and `$XDG_DATA_HOME/layerctl` for others.
    public static var defaultRoot: String {
        if let root = Host.environment("LAYERCTL_ROOT"), !root.isEmpty { return root }
        if Host.effectiveUserID == 0 { return "/var/lib/layerctl" }
        if let data = Host.environment("XDG_DATA_HOME"), data.hasPrefix("/") { return data + "/layerctl" }
        return (Host.environment("HOME") ?? "/tmp") + "/.local/share/layerctl"
    }

    /// What this host runs.
    public static var hostPlatform: Platform { .host }

    private static func absolute(_ path: String) throws -> String {
        if path.hasPrefix("/") { return path }
        let current = try Host.currentDirectory()
        return current == "/" ? "/" + path : current + "/" + path
    }

    /// Finds an image as Docker does: a whole ID, a name, a name with a digest, the beginning of an ID.
    ///
    /// - Parameter name: What the user wrote.
    /// - Returns: The image.
    /// - Throws: `LayerError`: `notFound`, `conflict` for a beginning that several IDs have, `corrupt`.
    public func image(_ name: String) throws(LayerError) -> ImageDetails {
        try LayerError.catching { try details(store.resolve(name)) }
    }

    /// Lists the images.
    ///
    /// - Returns: The images, and a line for each damaged record: one damaged object takes nothing else away.
    /// - Throws: `LayerError`.
    public func images() throws(LayerError) -> (images: [ImageDetails], problems: [String]) {
        try LayerError.catching {
            let listing = try store.images()
            // Many images have layers in common: each is looked at once.
            var known: [LayerKey: LayerSummary?] = [:]
            let images = try listing.images.map { image in
                try Self.details(image, in: store) { key in
                    if let summary = known[key] { return summary }
                    let summary = try store.intactLayer(key)?.summary
                    known[key] = .some(summary)
                    return summary
                }
            }
            return (images, listing.problems)
        }
    }

    /// Gives an image one more name, and takes the name from the image that had it.
    ///
    /// - Parameters:
    ///   - name: The image, as `image(_:)` finds it.
    ///   - reference: The new name, with a tag.
    /// - Throws: `LayerError`.
    public func tag(_ name: String, as reference: ImageReference) throws(LayerError) {
        try LayerError.catching {
            let transaction = try store.begin()
            defer { withExtendedLifetime(transaction) {} }
            _ = try store.setName(reference, to: store.resolve(name).record.id)
        }
    }

    /// Removes a name, and the image with its last one; or an image by its ID.
    ///
    /// - Parameters:
    ///   - name: The name or the ID.
    ///   - isForced: Whether an image goes although several repositories have it.
    ///   - isDryRun: Whether only to say what would go.
    /// - Returns: What was done, in order.
    /// - Throws: `LayerError`: `notFound`, or `conflict`.
    public func remove(
        _ name: String,
        isForced: Bool = false,
        isDryRun: Bool = false
    ) throws(LayerError) -> [RemovedItem] {
        try LayerError.catching {
            try store.remove(name, isForced: isForced, isDryRun: isDryRun) { image in
                try StoreMounts(store).place(showing: image)
            }.map(RemovedItem.init)
        }
    }

    func details(_ image: StoredImage) throws -> ImageDetails { try Self.details(image, in: store) }

    static func details(_ image: StoredImage, in store: LayerStore) throws -> ImageDetails {
        try details(image, in: store) { try store.intactLayer($0)?.summary }
    }

    private static func details(
        _ image: StoredImage,
        in store: LayerStore,
        summary: (LayerKey) throws -> LayerSummary?
    ) throws -> ImageDetails {
        var layers: [LayerDetails] = []
        var stack: [(key: LayerKey, isRootOpaque: Bool)] = []
        for layer in image.record.layers {
            let summary = try summary(layer.key)
            stack.append((layer.key, summary?.isRootOpaque ?? false))
            layers.append(
                LayerDetails(
                    diffID: layer.diffID,
                    blobDigest: layer.blobDigest,
                    blobByteCount: layer.blobByteCount,
                    size: summary.map { LayerSize(treeByteCount: $0.treeByteCount, fileCount: $0.fileCount) }
                )
            )
        }
        return ImageDetails(
            id: image.record.id,
            config: image.config,
            references: image.names.map(\.reference),
            manifestDigest: image.record.manifestDigest?.digest,
            layers: layers,
            location: StoreLocation(
                lowerPaths: store.lowerPaths(of: stack),
                tagged: image.names.map(\.time).max()
            ),
            sourceFormat: image.record.sourceFormat
        )
    }
}
