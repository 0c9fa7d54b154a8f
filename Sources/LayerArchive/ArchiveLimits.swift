/// How much of anything an archive may ask for before it is refused.
///
/// Archives come from anywhere; each limit is checked before the memory or the work is spent.
package struct ArchiveLimits: Sendable {
    /// The limits in use where nothing else is said.
    package static let standard = ArchiveLimits()

    /// Entries in one tar.
    package var entryCount = 2_000_000
    /// Names in one layer: twice as many as entries, for directories that no entry describes.
    package var nameCount = 4 << 20
    /// Bytes that the names and link targets of one layer take together: 256 for each of as many entries as there may be.
    package var nameByteCount = 512 << 20
    /// Extension headers (PAX, GNU long names) that belong to one entry.
    package var extensionHeaderCount = 16
    /// Bytes in the extension headers of one entry.
    package var extensionHeaderByteCount = 1 << 20
    /// Bytes of one tar, and bytes that one decoder gives.
    package var layerByteCount: Int64 = 1 << 40
    /// Regions with data in one sparse file.
    package var sparseRegionCount = 65_536
    /// Bytes in the value of one extended attribute.
    ///
    /// Source: `XATTR_SIZE_MAX`, `man 7 xattr`.
    package var xattrValueByteCount = 65_536
    /// Bytes in the name of one extended attribute.
    ///
    /// Source: `XATTR_NAME_MAX`, `man 7 xattr`.
    package var xattrNameByteCount = 255
    /// Extended attributes of one entry.
    package var xattrCount = 128

    /// Makes the standard limits, to be changed one by one.
    package init() {}
}
