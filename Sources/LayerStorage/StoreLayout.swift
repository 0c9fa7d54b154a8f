import ImageSpec
import LayerModel
import LayerSystem

/// Where things lie in a store, and how its root comes to be.
enum StoreLayout {
    static let lockName = "lock"
    static let formatName = "format.json"
    static let layers = "layers"
    static let images = "images"
    static let names = "names"
    static let blobs = "blobs"
    static let containers = "containers"
    static let volumes = "volumes"
    /// Where images are mounted.
    static let mounts = "mounts"
    static let staging = "staging"
    static let trash = "trash"
    /// What a container's directory holds: its own layer, what overlayfs needs beside that, and where both are shown.
    static let upper = "upper"
    static let work = "work"
    static let merged = "merged"
    /// What lies beside a container's layer while its process runs.
    static let run = "run"
    /// What the name of an upper directory begins with that a commit replaces or has replaced.
    static let movedUpperPrefix = "upper-"
    /// What a volume's directory holds: its files, as Docker calls it.
    static let data = "_data"
    /// The directories that every store has.
    static let all = [layers, images, names, blobs, containers, volumes, staging, trash]

    static func layer(_ key: LayerKey) -> [String] { object(layers, key.digest) }
    static func image(_ id: ImageID) -> [String] { object(images, id.digest) }
    static func blob(_ digest: BlobDigest) -> [String] { object(blobs, digest.digest) }

    static func container(_ id: ContainerID) -> [String] { [containers, id.hex] }
    static func volume(_ name: String) -> [String] { [volumes, name] }

    private static func object(_ directory: String, _ digest: Digest) -> [String] {
        [directory, digest.algorithm.rawValue, digest.hex]
    }

    /// Opens the root to look at it; nil when there is none, or nothing in it yet.
    static func openIfPresent(_ path: String) throws -> Directory? {
        let root: Directory
        do throws(SystemError) {
            root = try Directory(path: path)
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
        guard try isStore(root) else {
            try refuseOthersDirectory(root)
            return nil
        }
        return root
    }

    /// Opens the root to change it, and makes all that is missing.
    static func make(_ path: String, _ durability: Durability) throws -> Directory {
        let root = try makeDirectory(path, durability)
        if try !isStore(root) {
            try refuseOthersDirectory(root)
            try checkOwner(root)
            let lock = try root.lock(file: lockName, .exclusive)
            defer { withExtendedLifetime(lock) {} }
            if try !isStore(root) {
                // The directories first: what has a format has them, whatever becomes of the machine.
                try makeDirectories(in: root)
                try writeFormat(in: root)
            }
        }
        try makeDirectories(in: root)
        return root
    }

    private static func makeDirectories(in root: Directory) throws {
        let present = try root.list()
        for name in all where !present.contains(where: { $0.elementsEqual(name.utf8) }) {
            _ = try root.openOrMakeDirectory(name)
        }
    }

    /// Makes a directory and those above it; the last one is for its owner alone.
    private static func makeDirectory(_ path: String, _ durability: Durability) throws -> Directory {
        do throws(SystemError) {
            return try Directory(path: path, durability: durability)
        } catch {
            guard error.isNotFound else { throw error }
        }
        let components = path.split(separator: "/").map(String.init)
        var current = try Directory(path: path.hasPrefix("/") ? "/" : ".", durability: durability)
        for (position, name) in components.enumerated() {
            let mode: UInt16 = position == components.count - 1 ? 0o700 : 0o755
            current =
                try name == ".."
                ? Directory(path: current.label + "/..", durability: durability)
                : current.openOrMakeDirectory(name, mode: mode)
        }
        return current
    }

    /// Says which version the layout has.
    static func writeFormat(in root: Directory) throws {
        try RecordFile.replace(["format": JSONValue(LayerStore.formatVersion)], formatName, in: root)
    }

    /// Whether a directory is a store that this program knows.
    ///
    /// One whose format alone is damaged is one as well: there is no other version yet that it could have.
    private static func isStore(_ root: Directory) throws -> Bool {
        do {
            guard let format = try RecordFile.read(formatName, in: root) else { return false }
            let version = try RecordFields(format, subject: root.label).number("format")
            guard version <= LayerStore.formatVersion else {
                let reason =
                    "the store has format \(version), which is later than \(LayerStore.formatVersion): a newer layerctl made it"
                throw StorageError(.unsupported, root.label, reason)
            }
        } catch let error as StorageError where error.kind == .corrupt {
            // A file of that name may be anybody's; the directories beside it are not.
            for name in all where try root.statusIfPresent(name)?.kind != .directory { throw error }
        }
        try checkOwner(root)
        return true
    }

    /// Why the format cannot be read; nil when it can.
    static func formatDamage(in root: Directory) -> (any Error)? {
        do {
            _ = try RecordFile.read(formatName, in: root).map {
                try RecordFields($0, subject: root.label + "/" + formatName).number("format")
            }
            return nil
        } catch {
            return error
        }
    }

    /// Whoever can write the root can put names and layers of his own into it.
    private static func checkOwner(_ root: Directory) throws {
        let status = try root.status()
        guard status.uid == Host.effectiveUserID || status.uid == 0 else {
            throw StorageError(.permission, root.label, "the store's directory belongs to user \(status.uid)")
        }
        guard status.mode & 0o022 == 0 else {
            let reason = "others can write the store's directory (mode \(String(status.mode, radix: 8))): chmod go-w it"
            throw StorageError(.permission, root.label, reason)
        }
    }

    /// A directory with something else in it was meant for something else.
    private static func refuseOthersDirectory(_ root: Directory) throws {
        let foreign = try root.list().first { name in
            if name.elementsEqual(lockName.utf8) || name.starts(with: RecordFile.temporaryPrefix.utf8) { return false }
            // A store of which only the directories were made yet.
            guard let directory = all.first(where: { name.elementsEqual($0.utf8) }) else { return true }
            return try !root.open(directory).list().isEmpty
        }
        // Another process may have made a store of it since its format was looked for.
        guard try foreign == nil || root.statusIfPresent(formatName) != nil else {
            throw StorageError(.invalid, root.label, "this directory is not empty and no store of layerctl")
        }
    }
}
