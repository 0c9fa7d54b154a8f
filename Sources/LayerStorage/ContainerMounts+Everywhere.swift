import LayerDriver
import LayerModel
import LayerSystem

extension ContainerMounts {
    /// Finds mounts in the namespace of this process and in others of this user, and checkouts; ends them, also such as are in use.
    package static let everywhere = ContainerMounts(
        find: { store, ids in
            guard !ids.isEmpty else { return [:] }
            var places = try store.visibleMounts(of: ids)
            let search = try MountSearch(of: store.root)
            for id in ids where places[id] == nil {
                if let place = store.overlay(of: id, in: search) { places[id] = [place.path] }
            }
            for id in ids {
                if let checkout = try store.checkout(of: id) { places[id, default: []].append(checkout.path) }
            }
            return places
        },
        unmount: { store, id in
            if try store.checkout(of: id) != nil { try Checkout.clear(id, in: store) }
            while let place = try store.overlay(of: id, in: MountSearch(of: store.root)) {
                try Mounter.unmount(place, isLazy: true)
            }
            // What somebody else mounted on the container's own place is no overlay, and in the way all the same.
            while let place = try store.visibleMounts(of: [id])[id]?.last {
                try Mount.unmount(place, isLazy: true)
            }
        }
    )
}

extension LayerStore {
    /// The checkout of a container; nil also where its record is damaged or has gone: that keeps nobody from what is whole.
    fileprivate func checkout(of id: ContainerID) throws -> Checkout? {
        do {
            return try Checkout.current(of: id, in: self)
        } catch let error as StorageError where error.kind == .corrupt || error.kind == .notFound {
            return nil
        }
    }

    fileprivate func overlay(of id: ContainerID, in search: MountSearch) -> MountedPlace? {
        search.place(target: Array(mergedPath(id).utf8), upper: Array(upperPath(id).utf8))
    }
}
