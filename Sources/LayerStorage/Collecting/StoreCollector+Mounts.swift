import LayerDriver
import LayerModel
import LayerSystem

extension StoreCollector {
    /// Ends mounts of containers and images that are gone, and all that is mounted in what was removed or never finished.
    ///
    /// - Throws: `SystemError`, `MountTableError`, `DriverError`.
    mutating func endMounts() throws {
        let roots = [try root.hostPath(), Array(store.path.utf8)]
        var hasEnded = false
        for place in search.places where place.processID == nil || place.isKept {
            let paths = [place.mountPoint] + (place.upper.map { [$0] } ?? [])
            guard try paths.contains(where: { try isGone($0, below: roots) }) else { continue }
            try end(place.mountPoint) { try Mounter.unmount(place, isLazy: true) }
            hasEnded = true
        }
        // Whatever else is mounted there, the last one first: it may stand on another.
        for entry in try MountTable.current().entries.reversed() where isAbandoned(entry.mountPoint, below: roots) {
            try end(entry.mountPoint) { try Mount.unmount(entry.mountPoint, isLazy: true) }
            hasEnded = true
        }
        if hasEnded, !isDryRun { search = try MountSearch(isWide: true) }
    }

    /// Takes the directories that images were mounted at.
    ///
    /// - Throws: `SystemError`, `MountTableError`.
    mutating func takeMountPoints() throws {
        guard let all = try root.openIfPresent([StoreLayout.mounts]) else { return }
        let path = try all.hostPath()
        let table = try MountTable.current()
        let ended = Set(collection.items.filter { $0.kind == .mount }.map(\.path))
        var stays = false
        for name in try all.list() {
            let place = path + [UInt8(ascii: "/")] + name
            let isMounted = search.places.contains { $0.mountPoint == place } || table.entry(at: place) != nil
            guard !isMounted || ended.contains(place), try directory(name, in: all) != nil else {
                stays = true
                continue
            }
            // Only a look leaves mounted what it has found.
            if isMounted {
                try takeEmptied(name, in: all, at: [StoreLayout.mounts])
            } else if try !takeEmpty(name, in: all, at: [StoreLayout.mounts]) {
                stays = true
            }
        }
        if !stays { try takeEmptied(Array(StoreLayout.mounts.utf8), in: root, at: []) }
    }

    private mutating func end(_ place: [UInt8], _ unmount: () throws -> Void) throws {
        do {
            if !isDryRun { try unmount() }
            collection.items.append(StoreCollection.Item(.mount, place))
        } catch let error as SystemError {
            // It has gone meanwhile.
            guard !error.isInvalid, !error.isNotFound else { return }
            collection.failures.append("\(error)")
        }
    }

    /// Whether a path lies in a container, or is the mount point of an image, that is not there any more.
    private func isGone(_ path: [UInt8], below roots: [[UInt8]]) throws -> Bool {
        guard let parts = parts(of: path, below: roots), parts.count > 1 else { return false }
        if isAbandoned(path, below: roots) { return true }
        switch parts[0] {
        case StoreLayout.containers:
            guard let id = ContainerID(hex: parts[1]) else { return false }
            return try !store.hasContainer(id)
        case StoreLayout.mounts:
            let text = parts[1].replacing("-", with: ":", maxReplacements: 1)
            guard let digest = LayerStore.digest(text) else { return false }
            return try !store.imageIDs().contains(ImageID(digest))
        default: return false
        }
    }

    /// Whether a path lies in the trash, or in work that nobody does any more.
    private func isAbandoned(_ path: [UInt8], below roots: [[UInt8]]) -> Bool {
        guard let parts = parts(of: path, below: roots), parts.count > 1 else { return false }
        return [StoreLayout.trash, StoreLayout.staging].contains(parts[0])
    }

    /// The components of a path below the store's root; nil for a path elsewhere.
    private func parts(of path: [UInt8], below roots: [[UInt8]]) -> [String]? {
        for root in roots {
            let start = root + [UInt8(ascii: "/")]
            guard path.starts(with: start) else { continue }
            return path.dropFirst(start.count).split(separator: UInt8(ascii: "/")).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
        return nil
    }
}
