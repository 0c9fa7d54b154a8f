import LayerDriver
import LayerModel
import LayerStorage
import LayerSystem

/// The containers and images of a store that are mounted now, by one look at the mount tables.
struct StoreMounts {
    private let store: LayerStore
    private let search: MountSearch

    /// Looks.
    init(_ store: LayerStore) throws {
        self.store = store
        search = try MountSearch(of: store.root)
    }

    /// Where a container is mounted; nil when it is not.
    func place(of id: ContainerID) -> MountedPlace? {
        search.place(target: Array(store.mergedPath(id).utf8), upper: Array(store.upperPath(id).utf8))
    }

    /// Where an image is mounted at its usual place; nil when it is not.
    func place(of id: ImageID) -> MountedPlace? {
        search.place(target: Array(store.imageMountPath(id).utf8))
    }

    /// Where an image is shown, at its usual place or elsewhere; nil when it is not.
    ///
    /// The kernel tells the topmost of an overlay's layers first.
    func place(showing image: StoredImage) throws -> [UInt8]? {
        if let place = place(of: image.record.id) { return place.path }
        guard let top = image.record.layers.last else { return nil }
        let tree = store.treePath(of: top.key)
        // reason: a layer that is gone, of a damaged store, has no other path than the one that it was mounted by
        let real = try? Directory(path: tree).hostPath()
        let trees = [Array(tree.utf8), real].compactMap(\.self)
        return try MountTable.current().entries.first { entry in
            // How the kernel writes them down depends on how they were given.
            let lowers = entry.fileSystemOption("lowerdir+") ?? entry.fileSystemOption("lowerdir")
            guard let lowers, entry.fileSystemOption("upperdir") == nil else { return false }
            return trees.contains { lowers == $0 || lowers.starts(with: $0 + [UInt8(ascii: ":")]) }
        }?.mountPoint
    }

    /// The layers that are shown somewhere, each with a place: those of mounted containers and images, and such as a mount table names.
    func layers(_ keys: [LayerKey]) throws -> [LayerKey: [UInt8]] {
        var places: [LayerKey: [UInt8]] = [:]
        for (record, place) in try containers() {
            for layer in record.layers { places[layer.key] = place.path }
        }
        for (id, place) in try images() {
            // reason: a damaged record tells no layers; the mount table may
            for layer in (try? store.storedImage(id))?.record.layers ?? [] { places[layer.key] = place.path }
        }
        for key in keys {
            let tree = Array("/\(key.digest.hex)/tree".utf8)
            for place in search.places where place.fileSystemOptions.contains(tree) { places[key] = place.path }
        }
        return places
    }

    /// The mount that is shown at a path; nil when there is none.
    func place(at path: [UInt8]) -> MountedPlace? {
        search.place(target: path)
    }

    /// The containers that are mounted, with the places.
    func containers() throws -> [(record: ContainerRecord, place: MountedPlace)] {
        try store.certainContainers().compactMap { record in place(of: record.id).map { (record, $0) } }
    }

    /// The images that are mounted at their usual places.
    func images() throws -> [(id: ImageID, place: MountedPlace)] {
        try store.mountedImageIDs().compactMap { id in place(of: id).map { (id, $0) } }
    }
}

extension MountedPlace {
    /// The driver that made a mount.
    var driver: DriverKind {
        if isFuse { return .fuse }
        return processID == nil && UserNamespace.isInitial ? .overlay : .userns
    }
}
