/// The layer index on disk.
///
/// ```
/// section …            one after another, in any order
/// table                one row a section: kind u32, encoding u32, offset u64, stored bytes u64, bytes u64, XXH3-128 of the stored bytes
/// trailer (40 bytes)   magic "LAYERIDX", version u32, rows u32, table offset u64, XXH3-128 of the table
/// ```
///
/// Numbers of fixed width are little-endian, all others are variable (`ByteWriter`). The sections are described at `IndexSection`.
/// The trailer stands at the end because the raw section is written while the tar is read.
enum IndexFormat {
    static let magic = Array("LAYERIDX".utf8)
    static let version: UInt32 = 1
    static let rowByteCount = 48
    static let trailerByteCount = 40
}

/// A section of the layer index.
enum IndexSection: UInt32, CaseIterable {
    /// The bytes of the tar that are in no file: headers, padding, end blocks, bodies that no file holds.
    case raw = 1
    /// How the tar is put together again: repeatedly a count of raw bytes, then which file's bytes follow.
    case script = 2
    /// The names of the nodes, a NUL after each, a directory before what lies in it, siblings in the order of their bytes.
    case names = 3
    /// The nodes in the order of their names: tag, depth, and what the tag asks for (`NodeTag`).
    case nodes = 4
    /// Link targets (a NUL after each) of the symbolic links, in the order of the nodes.
    case targets = 5
    /// Extended attributes in the order of the nodes that have some: their count, then name and value, each after its length.
    case extendedAttributes = 6
    /// The content digests (16 bytes each) of files that are not empty, in the order of the nodes; never compressed.
    case digests = 7
}

/// What a node's record begins with.
struct NodeTag: OptionSet {
    let rawValue: UInt64

    /// The kind of the entry; a hard link is a further name of an earlier node.
    static let kindMask: UInt64 = 7
    static let whiteout = Self(rawValue: 8)
    static let implied = Self(rawValue: 16)
    static let opaque = Self(rawValue: 32)
    static let extendedAttributes = Self(rawValue: 64)
}
