import LayerKit
import LayerModel

/// Reads paths of an image from the command line.
enum PathArgument {
    /// A path from the root of the image, with or without the slash that says so.
    static func path(_ text: String) throws -> LayerPath {
        do throws(LayerPathError) {
            return try LayerPath(normalizing: Array(text.utf8))
        } catch {
            throw LayerError(.usage, "\(text): \(error)")
        }
    }
}
