public import ImageSpec
import LayerModel
import LayerStorage
import LayerTree

/// Questions about trees: of images in the store and in files, of single layers, of containers and of directories.
///
/// An argument names an image of the store, a file (`FILE`, `FILE:REF`, `FILE:@N`), one layer of either (`IMAGE@N`, 1 for the lowest), a
/// layer of the store by its DiffID, a container, or a directory of the host. Nothing is mounted, loaded or unpacked: the layers of a
/// file are read once, and what is found stands in a temporary file without a name.
public struct TreeInquiry: Sendable {
    let images: ImageStore
    let platform: Platform?

    /// Prepares to ask.
    ///
    /// - Parameters:
    ///   - store: The store, which may be empty.
    ///   - platform: The platform whose image is wanted where a file has several; nil for the host's where it is there.
    public init(_ store: ImageStore, platform: Platform? = nil) {
        images = store
        self.platform = platform
    }

    var store: LayerStore { images.store }
    var limits: InputLimits { images.limits }
}
