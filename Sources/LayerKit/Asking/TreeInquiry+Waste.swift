import LayerModel
import LayerTree

extension TreeInquiry {
    /// Finds what the layers of an image store that the image does not need.
    ///
    /// - Parameter argument: An image of the store or a file with an image; of a file all layers are read and verified.
    /// - Returns: What was found.
    /// - Throws: `LayerError`: `notFound`, `usage` for what is no image, `corrupt`.
    public func waste(of argument: String) throws(LayerError) -> ImageWaste {
        try LayerError.catching {
            Self.waste(
                of: try ImageLayers(argument, LayerPool(store, platform: platform, limits: limits, readsContent: true))
            )
        }
    }

    /// What layers with digests in their indexes store in vain.
    static func waste(of image: ImageLayers) -> ImageWaste {
        let found = WasteWalk.findings(of: image.layers)
        var items = found.hidden.map { hidden in
            ImageWaste.Item(
                kind: hidden.isDeleted ? .deleted : .overwritten,
                path: Array("/".utf8) + hidden.path.bytes,
                count: hidden.count,
                byteCount: hidden.byteCount
            )
        }
        items += found.duplicates.map { duplicate in
            ImageWaste.Item(
                kind: .duplicate,
                path: Array("/".utf8) + duplicate.path.bytes,
                count: duplicate.count - 1,
                byteCount: duplicate.wastedByteCount
            )
        }
        items.sort { left, right in
            left.byteCount != right.byteCount
                ? left.byteCount > right.byteCount : left.path.lexicographicallyPrecedes(right.path)
        }
        let discovered = found.discoveredByteCount
        return ImageWaste(
            items: items,
            layerCount: image.layers.count,
            byteCount: found.byteCount,
            efficiency: discovered == 0 ? 1 : Double(found.minimumByteCount) / Double(discovered)
        )
    }
}
