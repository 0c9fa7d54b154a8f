package import LayerModel
package import LayerSystem

extension LayerStore {
    static let containerRecordName = "container.json"

    /// Lists the containers, the newest first, those of one time by their IDs.
    ///
    /// - Returns: The records, and a line for each damaged one: one damaged object takes nothing else away.
    /// - Throws: `SystemError`.
    package func containers() throws -> (records: [ContainerRecord], problems: [String]) {
        try containers(without: [])
    }

    /// Lists the containers but for some.
    func containers(without passed: Set<ContainerID>) throws -> (records: [ContainerRecord], problems: [String]) {
        let (records, problems) = try readContainers(containerIDs().filter { !passed.contains($0) })
        return (records, problems.lines)
    }

    /// Lists the containers where none may be missing.
    ///
    /// - Throws: `SystemError`, also when a record cannot be read; a damaged one says nothing.
    package func certainContainers() throws -> [ContainerRecord] {
        let (records, problems) = try readContainers(containerIDs())
        try problems.checkReadable()
        return records
    }

    /// Finds a container.
    ///
    /// - Parameter isMeant: Whether it is the one.
    /// - Returns: The newest that is; nil for none.
    /// - Throws: `SystemError`, also when none is found and a record cannot be read; what the closure threw.
    package func firstContainer(where isMeant: (ContainerRecord) throws -> Bool) throws -> ContainerRecord? {
        let (records, problems) = try readContainers(containerIDs())
        if let found = try records.first(where: isMeant) { return found }
        try problems.checkReadable()
        return nil
    }

    /// Reads the records of containers, and gives them the newest first.
    private func readContainers(
        _ ids: [ContainerID]
    ) throws -> (records: [ContainerRecord], problems: RecordProblems) {
        var records: [ContainerRecord] = []
        var problems = RecordProblems()
        for id in ids {
            do {
                if let record = try containerRecord(id) {
                    records.append(record)
                } else if let directory = try containerDirectoryIfPresent(id) {
                    // Records go with their directories, in one step.
                    problems.add("\(directory.label): the container has no record")
                }
            } catch {
                try problems.add(error)
            }
        }
        records.sort { left, right in
            left.created == right.created ? left.id.hex < right.id.hex : left.created > right.created
        }
        return (records, problems)
    }

    /// Finds a container as Docker does: a whole ID, a name, the beginning of an ID.
    ///
    /// - Parameter text: What the user wrote.
    /// - Returns: The container's record.
    /// - Throws: `StorageError`: `notFound`, `conflict` for a beginning that several IDs have, `corrupt`.
    package func container(_ text: String) throws -> ContainerRecord {
        let (id, record) = try findContainer(text)
        guard let record = try record ?? containerRecord(id) else { throw Self.noContainer(text) }
        return record
    }

    /// Reads the record of a container that was found before.
    ///
    /// - Parameter id: The container.
    /// - Returns: The record as it is now.
    /// - Throws: `StorageError` of kind `notFound` or `corrupt`, `SystemError`.
    package func container(_ id: ContainerID) throws -> ContainerRecord {
        guard let record = try containerRecord(id) else { throw Self.noContainer(id.hex) }
        return record
    }

    /// Finds a container's ID as Docker does, also of one whose record is damaged or missing.
    ///
    /// Source: moby `daemon/container.go`, `GetContainer`.
    ///
    /// - Parameter text: A whole ID, a name, the beginning of an ID.
    /// - Returns: The ID.
    /// - Throws: `StorageError`: `notFound`, `conflict` for a beginning that several IDs have; `SystemError` when it may be one whose record
    ///   cannot be read.
    package func containerID(_ text: String) throws -> ContainerID { try findContainer(text).id }

    /// Finds a container, and its record where that had to be read for it.
    private func findContainer(_ text: String) throws -> (id: ContainerID, record: ContainerRecord?) {
        let ids = try containerIDs()
        if let whole = ContainerID(hex: text), ids.contains(whole) { return (whole, nil) }
        let name = ContainerName.withoutSlash(text)
        let (records, problems) = try readContainers(ids)
        if let named = records.first(where: { $0.name == name }) { return (named.id, named) }
        let found = text.isEmpty ? [] : ids.filter { $0.hex.hasPrefix(text) }
        guard found.count < 2 else {
            throw StorageError(.conflict, "", "multiple IDs found with provided prefix: \(text)")
        }
        guard let id = found.first else {
            // One that cannot be read may have the name: "not there" would be believed.
            try problems.checkReadable()
            throw Self.noContainer(text)
        }
        return (id, records.first { $0.id == id })
    }

    /// Reads a container's record.
    ///
    /// - Parameter id: The container.
    /// - Returns: The record; nil when there is none.
    /// - Throws: `StorageError` of kind `corrupt`, `SystemError`.
    package func containerRecord(_ id: ContainerID) throws -> ContainerRecord? {
        guard let directory = try containerDirectoryIfPresent(id),
            let json = try RecordFile.read(Self.containerRecordName, in: directory)
        else { return nil }
        let subject = directory.label + "/" + Self.containerRecordName
        let record = try ContainerRecord(json, subject: subject)
        guard record.id == id else {
            throw StorageError(.corrupt, subject, "damaged record: it is that of \(record.id.short)")
        }
        return record
    }

    /// The directory of a container, with `upper`, `work` and `merged` in it.
    ///
    /// - Parameter id: The container.
    /// - Returns: The directory.
    /// - Throws: `StorageError` of kind `notFound`, `SystemError`.
    package func containerDirectory(_ id: ContainerID) throws -> Directory {
        guard let directory = try containerDirectoryIfPresent(id) else { throw Self.noContainer(id.hex) }
        return directory
    }

    /// Whether a container is there, be it damaged.
    package func hasContainer(_ id: ContainerID) throws -> Bool { try containerDirectoryIfPresent(id) != nil }

    /// The path of a container's directory on the host.
    package func containerPath(_ id: ContainerID) -> String {
        "\(path)/\(StoreLayout.container(id).joined(separator: "/"))"
    }

    /// The path of a container's upper directory on the host.
    package func upperPath(_ id: ContainerID) -> String { containerPath(id) + "/" + StoreLayout.upper }

    /// The path of a container's work directory on the host.
    package func workPath(_ id: ContainerID) -> String { containerPath(id) + "/" + StoreLayout.work }

    /// The path of the place where a container is mounted when no other is named.
    package func mergedPath(_ id: ContainerID) -> String { containerPath(id) + "/" + StoreLayout.merged }

    /// Locks a container, and waits until it can be had.
    ///
    /// - Parameters:
    ///   - id: The container.
    ///   - mode: Shared to read its upper directory, exclusive to change it.
    /// - Returns: The lock; the container stays as long as it is held.
    /// - Throws: `StorageError` of kind `notFound`, also for a container that went while this waited; `SystemError`.
    package func lockContainer(_ id: ContainerID, _ mode: LockMode) throws -> FileLock {
        let directory = try containerDirectory(id)
        let lock = try directory.lock(mode)
        try checkInPlace(directory, id)
        return lock
    }

    /// Locks a container, or gives nil when another holds it.
    ///
    /// - Parameters:
    ///   - id: The container.
    ///   - mode: Shared to read its upper directory, exclusive to change it.
    /// - Returns: The lock; the container stays as long as it is held.
    /// - Throws: `StorageError` of kind `notFound`, `SystemError`.
    package func tryLockContainer(_ id: ContainerID, _ mode: LockMode) throws -> FileLock? {
        let directory = try containerDirectory(id)
        guard let lock = try directory.tryLock(mode) else { return nil }
        try checkInPlace(directory, id)
        return lock
    }

    /// What was locked must not be in the trash by now.
    private func checkInPlace(_ directory: Directory, _ id: ContainerID) throws {
        guard let present = try containerDirectoryIfPresent(id),
            try present.status().identity == directory.status().identity
        else { throw Self.noContainer(id.hex) }
    }

    /// The containers that have a directory, ordered by their IDs.
    func containerIDs() throws -> [ContainerID] {
        guard let directory = try root?.openIfPresent([StoreLayout.containers]) else { return [] }
        return try directory.list().compactMap { ContainerID(hex: String(decoding: $0, as: UTF8.self)) }
    }

    func containerDirectoryIfPresent(_ id: ContainerID) throws -> Directory? {
        try root?.openIfPresent(StoreLayout.container(id))
    }

    static func noContainer(_ text: String) -> StorageError {
        StorageError(.notFound, "", "No such container: \(text)")
    }
}
