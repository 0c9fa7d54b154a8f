import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// What a container remembers of the drivers that mounted it.
extension ContainerRecord {
    private static let fuseKey = "fuse"
    private static let namespaceKey = "namespace"

    /// Whether fuse-overlayfs has written in it: then markers of its kind may lie in the upper directory.
    var wasWrittenByFuse: Bool {
        get { self[member: Self.fuseKey]?.boolValue == true }
        set { self[member: Self.fuseKey] = newValue ? true : nil }
    }

    /// Whether files in it may belong to users whom only a namespace with ranges of numbers gives to this user.
    var needsNamespace: Bool {
        get { self[member: Self.namespaceKey]?.stringValue == IdentityMapping.ranges.rawValue }
        set { self[member: Self.namespaceKey] = newValue ? .string(IdentityMapping.ranges.rawValue) : nil }
    }

    /// Goes where all files of the container can be read, and belong to whom they should.
    ///
    /// - Throws: `SystemError`; EINVAL where this process has more threads than one.
    func enterNamespace() throws(SystemError) {
        guard needsNamespace, Host.effectiveUserID != 0 else { return }
        try UserNamespace.enter()
    }
}

extension LayerStore {
    /// The record of a container; nil where it is damaged or missing, which is no hindrance to removing it.
    func readableContainer(_ id: ContainerID) throws -> ContainerRecord? {
        do {
            return try containerRecord(id)
        } catch let error as StorageError where error.kind == .corrupt {
            return nil
        }
    }
}
