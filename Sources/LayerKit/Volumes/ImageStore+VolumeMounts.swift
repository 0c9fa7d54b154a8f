import LayerModel
import LayerStorage
import LayerSystem

extension ImageStore {
    /// Mounts what the options of a volume of the store ask for (`type`, `device`, `o`) at its place, unless it is mounted there already.
    ///
    /// mount(8) does it, which knows every file system's options and helpers. The mount table tells what is mounted, no counter does.
    ///
    /// Source: moby `daemon/volume/local/local_unix.go`, `mount`.
    ///
    /// - Parameter name: The volume.
    /// - Returns: The path of the volume's files.
    /// - Throws: `LayerError`: `notFound`; `failure` with what mount(8) says, without passwords.
    public func mountVolume(_ name: String) throws(LayerError) -> String {
        try LayerError.catching {
            let record = try localVolume(name)
            let path = store.volumePath(name)
            guard let options = record.mountOptions else { return path }
            // Two processes that begin to use it must not mount it twice.
            let lock = try store.lockVolumeRecords()
            defer { withExtendedLifetime(lock) {} }
            guard try !isVolumeMounted(name) else { return path }
            var words = ["-t", options.type]
            if !options.mountOptions.isEmpty { words += ["-o", options.mountOptions] }
            let outcome = try ChildProcess.run(
                "/bin/mount",
                (words + ["--", options.device, path]).map { Array($0.utf8) }
            )
            guard outcome.status == 0 else {
                let text = Self.withoutPasswords(outcome.text, options.mountOptions)
                let reason = "error while mounting volume '\(path)': failed to mount local volume: \(text)"
                throw LayerError(.failure, EscapedText.name(reason.utf8))
            }
            return path
        }
    }

    /// Takes away what `mountVolume(_:)` mounted; the caller knows that no container shows it.
    ///
    /// - Parameter name: The volume; one where nothing is mounted is left as it is.
    /// - Throws: `LayerError`: `notFound`, `conflict` when it is in use.
    public func unmountVolume(_ name: String) throws(LayerError) {
        try LayerError.catching {
            _ = try localVolume(name)
            let lock = try store.lockVolumeRecords()
            defer { withExtendedLifetime(lock) {} }
            try unmountLocalVolume(name)
        }
    }

    private func localVolume(_ name: String) throws -> VolumeRecord {
        guard let record = try store.volume(named: name) else { throw Self.noVolume(name) }
        guard record.isLocal else {
            throw LayerError(.conflict, "mount \(name): plugin \"\(record.driver)\" mounts it, while it is in use")
        }
        return record
    }

    func unmountLocalVolume(_ name: String) throws {
        while try isVolumeMounted(name) {
            do throws(SystemError) {
                try Mount.unmount(store.volumePath(name), isLazy: false)
            } catch {
                guard error.isBusy else { throw error }
                throw LayerError(.conflict, "unmount \(name): what is mounted in the volume is in use", cause: error)
            }
        }
    }

    private func isVolumeMounted(_ name: String) throws -> Bool {
        // What is mounted is opened as any directory: its path is that of the mount point.
        let place = try store.volumeDirectory(name).hostPath() + Array(("/" + LayerStore.volumeDataName).utf8)
        return try MountTable.current().entry(at: place) != nil
    }

    /// Source: moby `daemon/volume/local/local_unix.go`, the mask of `password=`.
    private static func withoutPasswords(_ text: String, _ options: String) -> String {
        var text = text
        for option in options.split(separator: ",") where option.hasPrefix("password=") || option.hasPrefix("pass=") {
            let name = option.prefix { $0 != "=" }
            text = text.split(separator: option, omittingEmptySubsequences: false).joined(separator: "\(name)=********")
        }
        return text
    }
}
