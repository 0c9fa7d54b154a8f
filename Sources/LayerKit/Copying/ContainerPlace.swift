import LayerDriver
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// Where a container's files can be reached now.
enum ContainerPlace {
    /// Nowhere but in the store: the read-write layer is read and written there.
    case store
    /// In a directory where the container is shown: what is mounted must not be changed behind the mount's back.
    ///
    /// The path leads there for this process.
    case directory([UInt8])

    /// Looks; the answer holds as long as the caller holds the container's lock.
    static func find(_ id: ContainerID, in store: LayerStore) throws -> ContainerPlace {
        try StoreMounts(store).place(of: id).map { .directory($0.path) } ?? .store
    }
}
