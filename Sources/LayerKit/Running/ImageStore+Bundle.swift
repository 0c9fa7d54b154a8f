import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem

extension ImageStore {
    /// Makes a bundle of the OCI runtime specification of a container.
    ///
    /// The bundle's `rootfs` shows the container until it is unmounted; what is written there is the container's. Must be called before
    /// any thread is started.
    ///
    /// - Parameters:
    ///   - name: The container.
    ///   - path: The directory, which is made, or is empty.
    ///   - driver: What is to show the container: as for `mount`. By an ordinary user outside of a user namespace it is a copy: what is
    ///     mounted for such a user is seen in that namespace alone.
    /// - Returns: The mount.
    /// - Throws: `LayerError`: `notFound`, `conflict` for a directory with something in it, `usage` when there is no command.
    public func makeBundle(of name: String, at path: String, driver: String = "auto") throws(LayerError) -> MountDetails
    {
        try LayerError.catching {
            let record = try store.container(name)
            let place = RuntimePlace.current
            var options = MountOptions()
            options.driver = driver
            if case .user = place, driver == "auto" { options.driver = "copy" }
            guard let image = try store.storedImage(record.imageID) else {
                throw LayerError(.notFound, "No such image: \(record.imageName)")
            }
            try NewDirectory.make(path) { try $0.makeDirectory("rootfs", mode: 0o755) }
            let bundle = try Directory(path: path)
            do {
                let rootPath = String(decoding: try bundle.open("rootfs").hostPath(), as: UTF8.self)
                let mount = try mount(record.id.hex, at: rootPath, options)
                let config = try RuntimeDocument(
                    record: record,
                    image: image.config,
                    settings: record.process,
                    root: Directory(path: mount.path),
                    rootPath: "rootfs",
                    place: place,
                    hasControlGroups: place == .host,
                    mounts: runtimeMounts(of: record, run: nil).mounts
                ).config()
                let document = JSONValue.object(try config.document())
                try bundle.createFile("config.json", mode: 0o644).write(document.encoded(pretty: true) + [0x0A])
                return mount
            } catch {
                // reason: the error that is told is the first one, and what cannot be unmounted shows where it is
                try? unmount(record.id.hex)
                try? bundle.removeDirectory("rootfs")  // reason: as above
                throw error
            }
        }
    }
}
