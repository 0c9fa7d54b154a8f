import ImageSpec
package import LayerModel
import LayerSystem
import LayerTree

extension ContainerRecord {
    private static let movingKey = "moving"
    private static let movedKey = "moved"

    /// Whether files of the upper directory may be those of a layer at the same time.
    ///
    /// Nothing may write there then before every such file has a copy of its own.
    package var isMoving: Bool {
        get { self[member: Self.movingKey]?.boolValue == true }
        set { self[member: Self.movingKey] = newValue ? true : nil }
    }

    /// Whether what the upper directory holds is in the container's image as well, so that an empty one is to take its place.
    var isMoved: Bool {
        get { self[member: Self.movedKey]?.boolValue == true }
        set { self[member: Self.movedKey] = newValue ? true : nil }
    }
}

extension LayerStore {
    /// Puts a container on the image that was made of it, and gives it an empty upper directory.
    ///
    /// The caller holds the container's exclusive lock, and `isMoving` is set and on the disk. A crash at any point leaves a container
    /// with the same content: on the old image with its upper directory, on the new one with it as well, or on the new one without.
    ///
    /// - Parameters:
    ///   - id: The container.
    ///   - image: The image, which is published.
    /// - Throws: `StorageError`, `SystemError`.
    package func moveContainer(_ id: ContainerID, to image: ImageRecord) throws {
        try updateContainer(id) { record in
            record.place(on: image)
            record.isMoved = true
        }
        try emptyUpper(of: id)
    }

    /// Ends a commit that was to move the files of a container and was cut off; `isMoving` is set.
    ///
    /// Behind its image the commit is brought to its end. Before that the container gets copies of the files that a layer has as well; those
    /// of one that nobody published are its own again when that is gone.
    ///
    /// - Parameter id: The container, whose exclusive lock the caller holds.
    /// - Throws: `StorageError`, `SystemError`.
    package func endMove(of id: ContainerID) throws {
        if try containerRecord(id)?.isMoved == true { return try emptyUpper(of: id) }
        try clean()
        let container = try containerDirectory(id)
        try LinkSeparation.run(in: container.open(StoreLayout.upper), work: container.open(StoreLayout.work))
        try updateContainer(id) { $0.isMoving = false }
    }

    /// Gives a container whose files are in its image an empty upper directory.
    private func emptyUpper(of id: ContainerID) throws {
        let container = try containerDirectory(id)
        let old = try container.open(StoreLayout.upper)
        let name = try TemporaryName.make(prefix: StoreLayout.movedUpperPrefix)
        try container.makeDirectory(name)
        try copyAttributes(of: old, to: container.open(name))
        try container.exchange(name, with: container, StoreLayout.upper)
        try container.synchronize()
        try updateContainer(id) { record in
            record.isMoving = false
            record.isMoved = false
        }
        if let trash = try discard(StoreLayout.container(id) + [name]) { try emptyTrash([trash]) }
    }

    private func copyAttributes(of old: Directory, to new: Directory) throws {
        let status = try old.status()
        if Host.effectiveUserID == 0 { try new.setOwner(uid: status.uid, gid: status.gid) }
        for attribute in try old.extendedAttributes() where !Self.isOverlays(attribute) {
            do throws(SystemError) {
                try new.setExtendedAttribute(attribute)
            } catch {
                // What the system gives every file there by itself (a security label) is not for everybody to set.
                guard error.isNotPermitted || error.isNotSupported else { throw error }
            }
        }
        try new.setMode(status.mode)
        try new.setTimes(status.modificationTime)
        try new.synchronize()
    }
}
