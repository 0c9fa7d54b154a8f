import LayerDriver
public import LayerModel
import LayerStorage
import LayerSystem

/// What is known of a store as a whole.
public struct StoreInfo: Sendable {
    /// The root's path.
    public let root: String
    /// Whether there is a store.
    public let exists: Bool
    /// The driver that would mount (`overlay`, `userns`, `fuse`, `copy`).
    public let driver: String
    /// Why that one.
    public let driverReason: String
    /// The drivers that come before it, and why not them.
    public let rejectedDrivers: [(name: String, reason: String)]
    /// The type of the file system (`ext4`, `xfs` …); `none` where there is no store.
    public let fileSystem: String
    /// What is free on it for this user, in bytes.
    public let availableByteCount: Int64
    /// How many images there are.
    public let imageCount: Int
    /// How many containers there are.
    public let containerCount: Int
    /// How many layers there are.
    public let layerCount: Int
    /// How many names there are.
    public let nameCount: Int
    /// The sum of the layers' sizes, each layer once, in bytes.
    public let layerByteCount: Int64
    /// The version of the store's layout.
    public let formatVersion: Int64
    /// What is refused in images from outside.
    public let limits: InputLimits
}

extension ImageStore {
    /// Looks at the store, its file system and the ways to mount.
    ///
    /// - Parameter driver: `auto`, or the driver that is wanted.
    /// - Returns: What was found.
    /// - Throws: `LayerError`: `usage` for an unknown driver, `failure` for one that cannot be had.
    public func info(driver: String = "auto") throws(LayerError) -> StoreInfo {
        try LayerError.catching {
            let request: DriverRequest
            do throws(DriverError) {
                request = try DriverRequest(parsing: driver)
            } catch {
                throw LayerError(.usage, "\(error)", cause: error)
            }
            let facts = try store.facts()
            let choice = try DriverProbe.choose(requested: request, storeRoot: store.root ?? Directory(path: "/"))
            return StoreInfo(
                root: store.path,
                exists: store.root != nil,
                driver: choice.kind.rawValue,
                driverReason: choice.reason,
                rejectedDrivers: choice.rejected.map { ($0.kind.rawValue, $0.reason) },
                fileSystem: facts.fileSystem?.typeName ?? "none",
                availableByteCount: facts.fileSystem?.availableByteCount ?? 0,
                imageCount: facts.imageCount,
                containerCount: facts.containerCount,
                layerCount: facts.layerCount,
                nameCount: facts.nameCount,
                layerByteCount: facts.layerByteCount,
                formatVersion: LayerStore.formatVersion,
                limits: limits
            )
        }
    }
}
