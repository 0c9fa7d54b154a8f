import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

extension ImageStore {
    /// Makes a volume with the files of another one; they share blocks where the file system can do that.
    ///
    /// - Parameters:
    ///   - name: The volume that is copied; it may be in use.
    ///   - newName: What the copy is to be called; it gets the labels, and is a plain directory whatever is mounted in the other.
    /// - Returns: A line for each file that could not be copied.
    /// - Throws: `LayerError`: `notFound`, `usage` for what is no name, `conflict` for a name that is taken.
    public func cloneVolume(_ name: String, as newName: String) throws(LayerError) -> [String] {
        try LayerError.catching {
            let (source, lock) = try openVolume(name, .shared)
            defer { withExtendedLifetime(lock) {} }
            var labels = try store.volume(named: name)?.labels ?? [:]
            labels[VolumeRecord.anonymousLabel] = nil
            var warnings: [String] = []
            _ = try store.makeVolume(named: newName, labels: labels) { directory in
                try directory.removeDirectory(LayerStore.volumeDataName)
                var copy = TreeCopy(
                    into: OpenDirectory(directory, owners: .ofVolume),
                    .exact,
                    mayLackDevices: Self.mayLackDevices
                )
                try copy.copy(directory: source, as: Array(LayerStore.volumeDataName.utf8))
                warnings = copy.warnings
            }
            return warnings
        }
    }

    /// Writes the files of a volume as a tar, with owners, modes, extended attributes and hard links.
    ///
    /// - Parameters:
    ///   - name: The volume; it may be in use.
    ///   - sink: Takes the bytes, valid during the call only.
    /// - Returns: A line for each file that is left out.
    /// - Throws: `LayerError` of code `notFound`; what the sink threw.
    public func exportVolume(
        _ name: String,
        sink: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws(LayerError) -> [String] {
        try LayerError.catching {
            let (source, lock) = try openVolume(name, .shared)
            defer { withExtendedLifetime(lock) {} }
            let writer = try TarWriter(sink: sink)
            var tar = TreeTar(writer, keepsExtendedAttributes: true)
            try tar.add(directory: source, source.ownEntry(), as: Array(".".utf8))
            try writer.finish()
            return tar.warnings
        }
    }

    /// Puts the files of a tar into a volume: what else it has stays.
    ///
    /// A volume that is not there is made, with all files or not at all; one that is keeps what came before an error. When this returns the
    /// files are on the disk.
    ///
    /// Names with `..` in them are refused, and links on the way to a name are followed inside the volume only.
    ///
    /// - Parameters:
    ///   - name: The volume.
    ///   - path: The tar, compressed or not; `-` for the standard input.
    /// - Returns: A line for each file that could not be made.
    /// - Throws: `LayerError`: `notFound`, `usage` for what is no name, `corrupt` for what is no tar or is refused.
    public func importVolume(_ name: String, from path: String) throws(LayerError) -> [String] {
        try LayerError.catching {
            let file = path == "-" ? try StandardStream.input() : try File.openForReading(path: path)
            let label = path == "-" ? "standard input" : EscapedText.name(path.utf8)
            let limits = ArchiveLimits(limits)
            let tar = TarReader(Decompressor(StreamSource(file), limits: limits), limits: limits)
            guard try store.volume(named: name) != nil || volumeOfAnyPlugin(name) != nil else {
                try VolumeNamespace.enter()
                var warnings: [String] = []
                _ = try store.makeVolume(named: name) { holder in
                    let data = try holder.open(LayerStore.volumeDataName)
                    warnings = try Self.extract(tar, label, into: OpenDirectory(data, owners: .ofVolume))
                }
                return warnings
            }
            let (data, lock) = try openVolume(name, .exclusive)
            defer { withExtendedLifetime(lock) {} }
            let warnings = try Self.extract(tar, label, into: data)
            try data.directory.synchronizeFileSystem()
            return warnings
        }
    }

    /// Puts the files of a tar into the directory of a volume's files.
    private static func extract(_ tar: TarReader, _ label: String, into data: OpenDirectory) throws -> [String] {
        var extraction = TarExtraction(into: [data], .exact, mayLackDevices: mayLackDevices)
        do {
            try extraction.extract(tar)
        } catch {
            throw LayerError.wrapping(error, about: label)
        }
        if let change = extraction.rootChange { try data.setOwnAttributes(change) }
        return extraction.warnings
    }

    /// Opens the files of a volume, with what is mounted there.
    ///
    /// - Returns: The files, and the lock; nil for a volume that only its plugin knows.
    func openVolume(_ name: String, _ mode: LockMode) throws -> (data: OpenDirectory, lock: FileLock?) {
        guard try store.volume(named: name) != nil else {
            return (OpenDirectory(try volumeFiles(name), owners: .ofVolume), nil)
        }
        let lock = try store.lockVolume(name, mode)
        let work = mode == .exclusive ? try store.volumeWork(name) : nil
        return (OpenDirectory(try volumeFiles(name), owners: .ofVolume, work: work), lock)
    }
}

extension OwnerRule {
    /// The owners of a volume's files are those of the host.
    static var ofVolume: OwnerRule { OwnerRule(host: Host.effectiveUserID == 0) }
}

extension CopyRule {
    /// A copy that nobody can tell from the original.
    static let exact = CopyRule(owners: .kept, keepsExtendedAttributes: true)
}
