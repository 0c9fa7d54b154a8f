import LayerDriver
import LayerModel
import LayerSystem

extension ContainerMounts {
    /// Finds mounts in the namespace of this process and in others of this user, and ends them, also such as are in use.
    package static let everywhere = ContainerMounts(
        find: { store, ids in
            guard !ids.isEmpty else { return [:] }
            var places = try store.visibleMounts(of: ids)
            let search = try MountSearch()
            for id in ids where places[id] == nil {
                if let place = store.overlay(of: id, in: search) { places[id] = [place.path] }
            }
            return places
        },
        unmount: { store, id in
            while let place = try store.overlay(of: id, in: MountSearch()) {
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
    fileprivate func overlay(of id: ContainerID, in search: MountSearch) -> MountedPlace? {
        search.place(target: Array(mergedPath(id).utf8), upper: Array(upperPath(id).utf8))
    }
}
