import LayerModel

/// What following a name in an archive came to.
enum MemberLookup: Sendable {
    /// A regular file.
    case file(ContentBlob)
    /// Nothing has that name, or a link leads to nothing.
    case absent
    /// Two members have that name.
    case repeated(LayerPath)
    /// A directory, a FIFO or a device.
    case notRegular
    /// Links lead to links, or round in a circle.
    case tooManyLinks
}
