package import LayerModel

/// Attributes that a file is to get; what is nil stays.
package struct AttributeChange: Sendable {
    /// The 12 mode bits; a symbolic link has none.
    package var mode: UInt16?
    /// The owner's number, as the container has it.
    package var uid: UInt32?
    /// The group's number, as the container has it.
    package var gid: UInt32?
    /// The time of the last change of content.
    package var modificationTime: Timestamp?
    /// Extended attributes to set; those that overlayfs would obey are passed over.
    package var extendedAttributes: [ExtendedAttribute] = []
    /// The names of extended attributes to remove.
    package var removedAttributes: [[UInt8]] = []

    /// Makes a change that changes nothing.
    package init() {}

    /// Makes a change that gives all attributes of a file.
    package init(_ attributes: FileAttributes) {
        mode = attributes.mode
        uid = attributes.uid
        gid = attributes.gid
        modificationTime = attributes.modificationTime
        extendedAttributes = attributes.extendedAttributes
    }
}
