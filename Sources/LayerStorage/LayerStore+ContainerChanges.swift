package import LayerModel
import LayerSystem

extension LayerStore {
    /// Gives a container another name.
    ///
    /// Source: moby `daemon/rename.go`, `ContainerRename`.
    ///
    /// - Parameters:
    ///   - id: The container.
    ///   - text: The name.
    /// - Returns: The new record.
    /// - Throws: `StorageError`: `invalid`, `notFound`, `conflict` for a name that is taken; `SystemError`.
    @discardableResult
    package func renameContainer(_ id: ContainerID, to text: String) throws -> ContainerRecord {
        guard !text.isEmpty else {
            throw StorageError(.invalid, "", "Neither old nor new names may be empty")
        }
        let name = try ContainerName.parse(text)
        return try updateContainer(id) { record in
            guard record.name != name else {
                throw StorageError(.invalid, "", "Renaming a container with the same name as its current name")
            }
            if let other = try certainContainers().first(where: { $0.name == name }) {
                let refusal = ContainerName.taken(name, by: other.id)
                throw StorageError(refusal.kind, "Error when allocating new name", refusal.reason)
            }
            record.name = name
        }
    }

    /// Changes a container's record; when this returns it is on the disk.
    ///
    /// - Parameters:
    ///   - id: The container.
    ///   - change: Gets the record as it stands; nobody else writes one meanwhile.
    /// - Returns: The new record.
    /// - Throws: `StorageError` of kind `notFound` or `corrupt`, `SystemError`, what `change` throws.
    @discardableResult
    package func updateContainer(
        _ id: ContainerID,
        _ change: (inout ContainerRecord) throws -> Void
    ) throws -> ContainerRecord {
        guard let all = try existingRoot().openIfPresent([StoreLayout.containers]) else {
            throw Self.noContainer(id.hex)
        }
        let writing = try all.lock(.exclusive)
        defer { withExtendedLifetime(writing) {} }
        guard var record = try containerRecord(id) else { throw Self.noContainer(id.hex) }
        try change(&record)
        try RecordFile.replace(record.json, Self.containerRecordName, in: containerDirectory(id))
        return record
    }
}
