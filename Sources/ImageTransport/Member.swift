/// One member of an archive, as far as an image can be made of it.
enum Member: Sendable {
    /// A regular file, and where its bytes lie.
    case file(ContentBlob)
    /// A symbolic link, and what it says.
    case symbolicLink([UInt8])
    /// A further name of a member, written from the root of the archive.
    case hardLink([UInt8])
    /// A directory.
    case directory
    /// Anything else: a FIFO, a device. Never opened.
    case other
}
