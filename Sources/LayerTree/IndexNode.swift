package import LayerModel

/// One name of a layer's tree, as the index has it.
package struct IndexNode: Sendable {
    /// Where the node stands among all nodes; the root is 0.
    package let ordinal: Int
    /// The ordinal of its directory; -1 for the root.
    package let parent: Int
    /// How many components its path has.
    package let depth: Int
    /// The node that has the attributes: the node itself, or for a further name of an inode the first one.
    package let primary: Int
    /// What it is, or nil for a whiteout.
    ///
    /// A further name of an inode is of that inode's kind, never `hardLink`.
    package let kind: EntryKind?
    /// Permission bits, the low 12.
    package let mode: UInt16
    /// The owner's number, as the tar has it.
    package let uid: UInt32
    /// The group's number, as the tar has it.
    package let gid: UInt32
    /// The time of the last change of content.
    package let modificationTime: Timestamp
    /// The length of a regular file, in bytes.
    package let byteCount: Int64
    /// A device's number.
    package let device: DeviceNumber
    /// Whether no entry describes this directory.
    package let isImplied: Bool
    /// Whether this directory hides what lies below it in lower layers.
    package let isOpaque: Bool
    let nameRange: Range<Int>
    let targetRange: Range<Int>
    let attributeSet: Int
    let digest: Int

    /// Whether this name removes the same name of lower layers.
    package var isWhiteout: Bool { kind == nil }
}
