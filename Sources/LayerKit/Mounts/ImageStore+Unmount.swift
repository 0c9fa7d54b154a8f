import LayerDriver
import LayerModel
import LayerStorage
import LayerSystem

extension ImageStore {
    /// Lists what is mounted.
    ///
    /// - Returns: The containers, then the images, each with its directory.
    /// - Throws: `LayerError`.
    public func mounts() throws(LayerError) -> [MountDetails] {
        try LayerError.catching {
            let mounts = try StoreMounts(store)
            return try mounts.containers().map { MountDetails($0.record, $0.place) }
                + checkouts().map { MountDetails($0.record, $0.checkout) }
                + mounts.images().map { MountDetails($0.id, $0.place) }
        }
    }

    /// Takes a mount away; of a container that is checked out, what has changed becomes its own layer.
    ///
    /// - Parameters:
    ///   - name: A container, an image, or the directory where one is shown.
    ///   - isLazy: Whether a mount that is in use goes too, as soon as nobody uses it any more.
    /// - Throws: `LayerError`: `notFound` for what is not there or not mounted, `conflict` for a mount that is in use.
    public func unmount(_ name: String, isLazy: Bool = false) throws(LayerError) {
        try LayerError.catching {
            if try foldCheckout(name) { return }
            let mounts = try StoreMounts(store)
            guard let (place, lock) = try find(name, mounts) else {
                throw LayerError(.notFound, "\(name) is not mounted")
            }
            defer { withExtendedLifetime(lock) {} }
            do {
                try Mounter.unmount(place, isLazy: isLazy)
            } catch let error as SystemError where error.isBusy {
                let shown = EscapedText.name(place.path)
                throw LayerError(.conflict, "\(shown) is in use: end what uses it, or unmount it lazily", cause: error)
            }
            try store.removeImageMountPoint(place.mountPoint)
        }
    }

    private func find(_ name: String, _ mounts: StoreMounts) throws -> (MountedPlace, FileLock?)? {
        if name.contains("/"), let found = try mountOfStore(at: name, mounts) { return (found, nil) }
        do {
            let record = try store.container(name)
            let lock = try store.lockContainer(record.id, .exclusive)
            return mounts.place(of: record.id).map { ($0, lock) }
        } catch let error as StorageError where error.kind == .notFound {
            let image = try store.resolve(name)
            return mounts.place(of: image.record.id).map { ($0, nil) }
        }
    }

    /// The mount of this store at a path: no other is taken away.
    private func mountOfStore(at path: String, _ mounts: StoreMounts) throws -> MountedPlace? {
        let path = path.hasPrefix("/") ? path : try Host.currentDirectory() + "/" + path
        guard let place = mounts.place(at: Array(path.utf8)) else { return nil }
        return place
    }
}
