import LayerModel
import LayerSystem
import LayerTree

extension StoreCollector {
    /// Takes containers that nobody finished, and what cut-off work has left in others.
    ///
    /// - Returns: The containers that nobody finished.
    /// - Throws: `SystemError`.
    mutating func takeContainers() throws -> Set<ContainerID> {
        guard let all = try root.openIfPresent([StoreLayout.containers]) else { return [] }
        // Whoever writes a record holds it: what is not whole now has no writer any more.
        let writing = try all.lock(.exclusive)
        defer { withExtendedLifetime(writing) {} }
        var unfinished: Set<ContainerID> = []
        for name in try all.list() {
            guard let id = ContainerID(hex: String(decoding: name, as: UTF8.self)),
                let directory = try ownDirectory(name, in: all)
            else {
                note(name, in: all, "nothing of a store, it stays")
                continue
            }
            if try directory.statusIfPresent(LayerStore.containerRecordName) != nil {
                try tidy(directory, of: id)
            } else if try isUnfinished(directory, parts: [StoreLayout.upper, StoreLayout.merged, StoreLayout.work]) {
                unfinished.insert(id)
                try take(.container, name, in: all, at: [StoreLayout.containers])
            }
        }
        return unfinished
    }

    /// Takes volumes that nobody finished.
    ///
    /// - Throws: `SystemError`.
    mutating func takeVolumes() throws {
        guard let all = try root.openIfPresent([StoreLayout.volumes]) else { return }
        let writing = try all.lock(.exclusive)
        defer { withExtendedLifetime(writing) {} }
        for name in try all.list() {
            let text = String(decoding: name, as: UTF8.self)
            guard VolumeName.isPossible(text), let directory = try ownDirectory(name, in: all) else {
                note(name, in: all, "nothing of a store, it stays")
                continue
            }
            if try directory.statusIfPresent(LayerStore.volumeRecordName) != nil {
                guard try hasWholeRecord({ try store.volume(named: text) != nil }) else { continue }
                try tidy(directory, of: text)
            } else if try isUnfinished(directory, parts: [StoreLayout.data]) {
                try take(.volume, name, in: all, at: [StoreLayout.volumes])
            } else {
                note(name, in: all, "the volume has no record, and files: `volume rm` removes it")
            }
        }
    }

    /// Takes what cut-off work has left in a container; one whose record is damaged stays as it is.
    private mutating func tidy(_ directory: Directory, of id: ContainerID) throws {
        guard try hasWholeRecord({ try store.containerRecord(id) != nil }) else { return }
        let place = StoreLayout.container(id)
        try takeTemporaryRecords(of: directory, at: place)
        // Who holds its lock is at work.
        guard let lock = try directory.tryLock(.exclusive) else { return }
        defer { withExtendedLifetime(lock) {} }
        for name in try directory.list() where name.starts(with: StoreLayout.movedUpperPrefix.utf8) {
            try take(.unfinished, name, in: directory, at: place)
        }
        guard let work = try self.directory(Array(StoreLayout.work.utf8), in: directory) else { return }
        for name in try UnionTree.leftovers(in: work) {
            try take(.unfinished, name, in: work, at: place + [StoreLayout.work])
        }
    }

    /// Takes what cut-off work has left beside a volume's files.
    private mutating func tidy(_ directory: Directory, of volume: String) throws {
        let place = StoreLayout.volume(volume)
        try takeTemporaryRecords(of: directory, at: place)
        // Who holds its lock is at work.
        guard let lock = try directory.tryLock(.exclusive) else { return }
        defer { withExtendedLifetime(lock) {} }
        for name in try UnionTree.leftovers(in: directory) { try take(.unfinished, name, in: directory, at: place) }
    }

    /// Takes records of a directory that nobody will finish; the caller holds the lock of those who write them.
    mutating func takeTemporaryRecords(of directory: Directory, at place: [String]) throws {
        for name in try directory.list() where name.starts(with: RecordFile.temporaryPrefix.utf8) {
            try take(.unfinished, name, in: directory, at: place)
        }
    }

    /// Whether a record can be read; the lists of what is damaged tell why not.
    private func hasWholeRecord(_ read: () throws -> Bool) throws -> Bool {
        do {
            return try read()
        } catch let error as StorageError where error.kind == .corrupt {
            return false
        } catch let error as SystemError where error.isNotPermitted || error.isNotRegularFile || error.isNotDirectory {
            return false
        }
    }

    /// Whether a directory without a record has nothing in it that anybody made but the store itself, and nobody is at work in it.
    private func isUnfinished(_ directory: Directory, parts: [String]) throws -> Bool {
        guard let lock = try directory.tryLock(.exclusive) else { return false }
        defer { withExtendedLifetime(lock) {} }
        for name in try directory.list() where !name.starts(with: RecordFile.temporaryPrefix.utf8) {
            guard let part = parts.first(where: { name.elementsEqual($0.utf8) }) else { return false }
            // What overlayfs keeps there is no content.
            if part == StoreLayout.work { continue }
            guard let content = try ownDirectory(name, in: directory), try content.isEmpty() else { return false }
            // Another file system's content is no work of the store's.
            guard try content.status().identity.device == directory.status().identity.device else { return false }
        }
        return true
    }

    /// Opens a directory of this user's; nil for what is none, or cannot be looked into.
    private func ownDirectory(_ name: [UInt8], in parent: Directory) throws(SystemError) -> Directory? {
        do throws(SystemError) {
            return try directory(name, in: parent)
        } catch {
            guard error.isNotPermitted else { throw error }
            return nil
        }
    }

    /// Notes something that stays.
    private mutating func note(_ name: [UInt8], in parent: Directory, _ reason: String) {
        collection.problems.append("\(parent.label)/\(EscapedText.name(name)): \(reason)")
    }
}
