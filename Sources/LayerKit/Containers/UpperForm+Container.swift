import LayerStorage
import LayerTree

extension UpperForm {
    /// How a container's own layer says what it changes: that depends on who made its image's layers and who mounted it.
    ///
    /// - Parameters:
    ///   - record: The container.
    ///   - store: The store.
    /// - Throws: `SystemError`.
    init(of record: ContainerRecord, in store: LayerStore) throws {
        self = .ofThisProcess
        if try record.layers.contains(where: { try store.intactLayer($0.key)?.usesUserAttributes == true }) {
            namespaces = .user
        }
        if record.wasWrittenByFuse {
            readsMarkers = true
            namespaces = [.trusted, .user]
        }
    }
}
