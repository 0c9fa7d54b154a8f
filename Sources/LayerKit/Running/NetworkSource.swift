import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem

/// Finds the network that a process is to share.
enum NetworkSource {
    /// The path of another container's network namespace.
    ///
    /// - Parameters:
    ///   - choice: What the user wants.
    ///   - images: The store.
    /// - Returns: The path; nil where no other container's is wanted.
    /// - Throws: `LayerError` of code `conflict` when that container does not run.
    static func path(of choice: NetworkChoice, in images: ImageStore) throws -> String? {
        guard case .container(let name) = choice else { return nil }
        let id = try images.store.containerID(name)
        guard let process = try RunDirectory(openingOf: id, in: images.store)?.process() else {
            throw LayerError(.conflict, "cannot join network of a non running container: \(name)")
        }
        return "/proc/\(process.processID)/ns/net"
    }
}
