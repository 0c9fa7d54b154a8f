/// One dimension in which what is read from outside is limited, by the name that users give it.
///
/// Every error about a limit says its name, and how more is allowed.
public enum InputLimit: String, CaseIterable, Hashable, Sendable {
    /// Entries in one tar.
    case entries
    /// Names in one layer: twice as many as entries, for directories that no entry describes.
    case names
    /// Bytes that the names and link targets of one layer take together: 256 for each of as many entries as there may be.
    case nameBytes = "name-bytes"
    /// Bytes in the path of one entry.
    case pathBytes = "path-bytes"
    /// Bytes in one component of a path.
    case componentBytes = "component-bytes"
    /// Bytes in the target of one symbolic link.
    case linkBytes = "link-bytes"
    /// Components in one path.
    case depth
    /// Extension headers (PAX, GNU long names) that belong to one entry.
    case extensionHeaders = "extension-headers"
    /// Bytes in the extension headers of one entry.
    case extensionBytes = "extension-bytes"
    /// Regions with data in one sparse file.
    case sparseRegions = "sparse-regions"
    /// Bytes of one sparse file, its holes counted.
    case sparseBytes = "sparse-bytes"
    /// Extended attributes of one entry.
    case attributes
    /// Bytes in the name of one extended attribute.
    case attributeNameBytes = "attribute-name-bytes"
    /// Bytes in the value of one extended attribute.
    case attributeBytes = "attribute-bytes"
    /// The largest user or group ID.
    case ownerID = "owner-id"
    /// The largest major or minor number of a device.
    case deviceNumber = "device-number"
    /// Layers of one image that is put into a store.
    case layers
    /// Bytes of one layer's tar, and of one archive, not compressed.
    case layerBytes = "layer-bytes"
    /// Bytes of all tars together that one command unpacks.
    case imageBytes = "image-bytes"
    /// Bytes that come of one compressed byte, from `ratioBytes` on.
    case ratio
    /// Decompressed bytes from which on the ratio counts.
    case ratioBytes = "ratio-bytes"
    /// Bytes of the window that a zstd frame asks for.
    case zstdWindow = "zstd-window"
    /// Members of one archive of images.
    case members
    /// Bytes of one JSON document.
    case jsonBytes = "json-bytes"
    /// Levels of arrays and objects in one JSON document.
    case jsonDepth = "json-depth"
    /// Layers in one manifest, and DiffIDs in one config.
    case manifestLayers = "manifest-layers"
    /// Steps in the history of one config.
    case history
    /// Manifests in one index, and in one file.
    case manifests
    /// Images in one `manifest.json`.
    case images
    /// Names of one image.
    case tags
    /// Names in one file `repositories`.
    case repositories
    /// Addresses in one descriptor.
    case urls
    /// Indexes that lie in one another.
    case indexDepth = "index-depth"
    /// Bytes that are to stay free on the file system that is written to.
    case freeBytes = "free-bytes"
}
