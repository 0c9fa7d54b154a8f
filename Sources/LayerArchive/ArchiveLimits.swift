package import LayerModel

/// The limits that archives and compressed streams are read with, as plain numbers: readers look at them for each entry.
package struct ArchiveLimits: Sendable {
    /// The limits in use where nothing else is said.
    package static let standard = ArchiveLimits()

    /// Entries in one tar.
    package var entryCount: Int
    /// Names in one layer.
    package var nameCount: Int
    /// Bytes that the names and link targets of one layer take together.
    package var nameByteCount: Int
    /// Bytes in the path of one entry.
    package var pathByteCount: Int
    /// Bytes in one component of a path.
    package var componentByteCount: Int
    /// Bytes in the target of one symbolic link.
    package var linkByteCount: Int
    /// Components in one path.
    package var depth: Int
    /// Extension headers (PAX, GNU long names) that belong to one entry.
    package var extensionHeaderCount: Int
    /// Bytes in the extension headers of one entry.
    package var extensionHeaderByteCount: Int
    /// Bytes of one tar, and bytes that one decoder gives.
    package var layerByteCount: Int64
    /// Regions with data in one sparse file.
    package var sparseRegionCount: Int
    /// Bytes of one sparse file, its holes counted.
    package var sparseByteCount: Int64
    /// Bytes in the value of one extended attribute.
    package var xattrValueByteCount: Int
    /// Bytes in the name of one extended attribute.
    package var xattrNameByteCount: Int
    /// Extended attributes of one entry.
    package var xattrCount: Int
    /// The largest user or group ID.
    package var ownerID: Int64
    /// The largest major or minor number of a device.
    package var deviceNumber: Int64
    /// Bytes that come of one compressed byte.
    package var expansion = ExpansionLimit.standard
    /// Bytes of the window that a zstd frame asks for.
    package var zstdWindowByteCount: Int64

    /// Takes what concerns archives from the limits of a command.
    ///
    /// - Parameter limits: All limits.
    package init(_ limits: InputLimits = .standard) {
        entryCount = limits.count(.entries)
        nameCount = limits.count(.names)
        nameByteCount = limits.count(.nameBytes)
        pathByteCount = limits.count(.pathBytes)
        componentByteCount = limits.count(.componentBytes)
        linkByteCount = limits.count(.linkBytes)
        depth = limits.count(.depth)
        extensionHeaderCount = limits.count(.extensionHeaders)
        extensionHeaderByteCount = limits.count(.extensionBytes)
        layerByteCount = limits[.layerBytes]
        sparseRegionCount = limits.count(.sparseRegions)
        sparseByteCount = limits[.sparseBytes]
        xattrValueByteCount = limits.count(.attributeBytes)
        xattrNameByteCount = limits.count(.attributeNameBytes)
        xattrCount = limits.count(.attributes)
        ownerID = limits[.ownerID]
        deviceNumber = limits[.deviceNumber]
        expansion = ExpansionLimit(limits)
        zstdWindowByteCount = limits[.zstdWindow]
    }
}
