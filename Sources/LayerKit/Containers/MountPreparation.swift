import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree
import VolumePlugins

/// Makes what the mounts of a new container need: volumes, their first content, sources of binds.
///
/// Everything is checked before anything is made. Volumes stay locked until this goes, so that nobody removes one before the container's
/// record names it.
struct MountPreparation {
    private let images: ImageStore
    private let filling: VolumeFilling
    private var locks: [String: FileLock] = [:]
    /// The volumes that were made here.
    private var madeVolumes: [String] = []
    /// The mounts, what lies less deep first.
    private(set) var mounts: [ContainerMount] = []

    init(for image: StoredImage, in images: ImageStore) {
        self.images = images
        filling = VolumeFilling(from: image, in: images.store)
    }

    private var store: LayerStore { images.store }

    /// Checks and makes everything; what was made goes again when this fails.
    ///
    /// - Parameters:
    ///   - requests: What the user asks for.
    ///   - image: The container's image.
    /// - Throws: `MountError`, `StorageError`, `LayerError`, and what filling a volume met.
    mutating func run(_ requests: MountRequests, _ image: StoredImage) throws {
        var inherited: [(donor: MountRequests.Donor, mounts: [ContainerMount])] = []
        for donor in try requests.donors() {
            inherited.append((donor, try store.container(donor.container).mounts))
        }
        let volumes = image.config.config["Volumes"]?.objectValue?.keys ?? []
        var wanted = try requests.merged(imageVolumes: volumes, inherited: inherited)
        for place in wanted.indices { try check(&wanted[place]) }
        do {
            // Volumes in one order, so that two who lock several do not wait for each other.
            for place in wanted.indices.sorted(by: { Self.order(wanted[$0]) < Self.order(wanted[$1]) }) {
                try make(&wanted[place])
            }
        } catch {
            undo()
            throw error
        }
        mounts = wanted.map(\.mount)
    }

    private static func order(_ request: RequestedMount) -> String { request.mount.name ?? "" }

    /// Removes the volumes that were made here.
    mutating func undo() {
        locks = [:]
        for name in madeVolumes {
            // reason: the first error is the one to report, and prune takes what stays
            _ = try? images.removeVolume(name)
        }
        madeVolumes = []
    }

    /// Looks whether what a mount needs is there, without making anything.
    private func check(_ request: inout RequestedMount) throws {
        switch request.mount.kind {
        case .tmpfs: break
        case .image:
            guard !request.isInherited, let name = request.mount.name else { break }
            let found = try store.resolve(name)
            request.mount.source = found.record.id.description
        case .bind:
            guard !request.createsSource, !request.isInherited, try !isThere(request.mount.source) else { break }
            throw MountError.missingSource(request.mount.source)
        case .volume:
            if request.mount.name == nil { _ = try filling.directory(at: request.mount.destination) }
        }
    }

    private func isThere(_ path: String) throws -> Bool {
        do {
            return try HostTree().resolve(Array(path.utf8), followsLast: true).entry != nil
        } catch let error as SystemError {
            guard error.isNotFound || error.isNotDirectory else { throw error }
            return false
        }
    }

    private mutating func make(_ request: inout RequestedMount) throws {
        switch request.mount.kind {
        case .tmpfs, .image: break
        case .bind:
            guard request.createsSource, try !isThere(request.mount.source) else { break }
            try Self.makeDirectories(request.mount.source)
        case .volume where request.isInherited:
            if let name = request.mount.name, locks[name] == nil { locks[name] = try store.lockVolume(name, .shared) }
        case .volume: try makeVolume(&request)
        }
    }

    private mutating func makeVolume(_ request: inout RequestedMount) throws {
        let made = try images.makeVolume(
            named: request.mount.name,
            driver: request.mount.driver,
            labels: request.labels,
            options: request.options
        )
        let record = made.volume.record
        if made.isNew { madeVolumes.append(record.name) }
        request.mount.name = record.name
        request.mount.driver = record.driver
        if record.isLocal, request.mount.mode.isEmpty { request.mount.mode = request.usualMode }
        guard let plugin = made.volume.plugin else { return try prepareLocal(record, request) }
        request.mount.source = made.volume.told?.path ?? ""
        let source = try source(for: request)
        if locks[record.name] == nil {
            locks[record.name] = try store.lockVolume(record.name, source == nil ? .shared : .exclusive)
        }
        guard let source else { return }
        let data = try ImageStore.asking("mount \(record.name)") { try PluginVolumeUse(record.name, of: plugin).open() }
        if try data.isEmpty() { try fill(data, from: source) }
    }

    private mutating func prepareLocal(_ record: VolumeRecord, _ request: RequestedMount) throws {
        // Who fills a volume has it alone.
        let isEmpty = try record.mountOptions == nil && isEmpty(record.name)
        if locks[record.name] == nil {
            locks[record.name] = try store.lockVolume(record.name, isEmpty ? .exclusive : .shared)
        }
        guard isEmpty, try self.isEmpty(record.name), let source = try source(for: request) else { return }
        try fill(store.volumeData(record.name), from: source)
    }

    /// Fills a volume, with owners as far as this user can give any.
    private func fill(_ data: Directory, from source: any TreeDirectory) throws {
        try VolumeNamespace.inside { [filling] in try filling.fill(data, from: source) }
    }

    /// Whether a volume has no files; one that belongs to another user of this one's has been filled.
    private func isEmpty(_ volume: String) throws -> Bool {
        do {
            return try store.volumeData(volume).isEmpty()
        } catch let error as SystemError {
            guard error.isNotPermitted, Host.effectiveUserID != 0 else { throw error }
            return false
        }
    }

    /// What a volume is to be filled with, should it be empty.
    private func source(for request: RequestedMount) throws -> (any TreeDirectory)? {
        guard !request.mount.isCopyingDisabled, request.mount.subpath == nil else { return nil }
        return try filling.directory(at: request.mount.destination)
    }

    /// Makes a directory of the host with all that lead to it.
    private static func makeDirectories(_ path: String) throws {
        var directory = try Directory.searchable(path: "/")
        var opened = ""
        var isMissing = false
        for name in path.split(separator: "/") {
            opened += "/" + name
            if !isMissing {
                do throws(SystemError) {
                    directory = try Directory.searchable(path: opened)
                    continue
                } catch {
                    guard error.isNotFound else { throw error }
                    isMissing = true
                }
            }
            directory = try directory.openOrMakeDirectory(String(name), mode: 0o755)
        }
    }
}
