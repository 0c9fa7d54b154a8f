internal import LayerModel

/// What the headers of one member say, as far as it decides where the next member begins or libarchive keeps it to itself.
struct TarMember {
    /// Where the first header begins, in bytes from the start of the tar.
    var offset: Int64
    var kind = EntryKind.regular
    /// The bytes between the headers and the padding.
    var bodyByteCount: Int64 = 0
    /// Whether the body holds regions of a file with holes, in any of the GNU formats.
    var isSparse = false
    /// The owner as the header has it, which PAX records may replace.
    var uid: Int64 = 0
    var gid: Int64 = 0
    /// Whether the list of regions stands at the beginning of the body (GNU PAX format 1.0).
    var hasMapInBody = false
    /// Whether an attribute is in base 64.
    var hasEncodedAttribute = false

    /// The number of extension headers, and of the bytes in them.
    var extensionCount = 0
    var extensionByteCount = 0
    var hasPaxHeader = false
    var hasGNUName = false
    var hasGNULinkName = false

    /// Whether names and lengths stand where the framer has read them.
    var isPlain: Bool { !isSparse && hasGNUName == (gnuPath != nil) && hasGNULinkName == (gnuLinkPath != nil) }

    // From GNU long names, when they are not empty; places are in the bytes of the headers.
    var gnuPath: Range<Int>?
    var gnuLinkPath: Range<Int>?

    // From PAX records; places are in the bytes of the headers.
    var path: Range<Int>?
    var sparsePath: Range<Int>?
    var linkPath: Range<Int>?
    var byteCount: Int64?
    var modificationTime: Timestamp?
}
