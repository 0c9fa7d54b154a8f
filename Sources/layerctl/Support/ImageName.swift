import ImageSpec
import LayerKit

/// Reads names from the command line.
enum ImageName {
    /// A name with a tag, `latest` where none is given.
    static func parse(_ text: String) throws -> ImageReference {
        try reference(text).withDefaultTag
    }

    /// A name as it is written.
    static func reference(_ text: String) throws -> ImageReference {
        do throws(ReferenceError) {
            return try ImageReference(parsing: text)
        } catch {
            throw LayerError(.usage, "invalid reference \"\(text)\": \(error)")
        }
    }
}
