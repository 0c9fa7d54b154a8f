package import LayerModel
import LayerSystem

extension LayerStore {
    /// Measures what a container's upper directory holds, as Docker does: each file once, directories not at all.
    ///
    /// - Parameter id: The container.
    /// - Returns: The size in bytes; nil where a directory may not be read.
    /// - Throws: `StorageError` of kind `notFound`, `SystemError`.
    /// - Complexity: O(n) in the number of names.
    package func upperByteCount(of id: ContainerID) throws -> Int64? {
        let container = try containerDirectory(id)
        do throws(SystemError) {
            return try TreeMeasure(below: container.open(StoreLayout.upper)).byteCount
        } catch {
            guard error.isNotPermitted else { throw error }
            return nil
        }
    }
}
