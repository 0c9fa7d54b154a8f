/// The formats in which a tree of files can be written.
package enum TreeFormat: String, Sendable, CaseIterable {
    /// ustar with PAX records.
    case tar
    /// The "newc" cpio that Linux takes as an initramfs; extended attributes are not in it.
    case cpio
    /// A description without content: attributes and SHA-256 of each file, as `mtree(5)`.
    case mtree
}
