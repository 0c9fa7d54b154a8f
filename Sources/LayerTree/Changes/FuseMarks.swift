import LayerModel
package import LayerSystem

/// What fuse-overlayfs leaves in a directory that hides all that lies below it, beside an attribute that the kernel does not obey.
package enum FuseMarks {
    /// A regular file, empty.
    static let file = Array(".wh..wh..opq".utf8)
    /// A character device 0:0, which removes no name.
    static let device = Array(".wh..opq".utf8)

    /// Puts the kernel's own attribute in place of the marks in a whole read-write layer that is not mounted.
    ///
    /// - Parameters:
    ///   - upper: Its root.
    ///   - usesUserAttributes: Whether overlayfs reads its attributes in the `user.` namespace.
    /// - Throws: `SystemError`.
    package static func replace(in upper: Directory, usesUserAttributes: Bool) throws(SystemError) {
        let name = usesUserAttributes ? "user.overlay.opaque" : "trusted.overlay.opaque"
        let opaque = ExtendedAttribute(name: Array(name.utf8), value: Array("y".utf8))
        var pending = [LayerPath.root]
        while let path = pending.popLast() {
            let directory = try upper.openInRoot(path.bytes)
            let names = try directory.list()
            if names.contains(file) {
                // The attribute first: should this end here, a mark is left that says the same.
                try directory.setExtendedAttribute(opaque)
                try directory.unlink(file)
            }
            if names.contains(device) { try directory.unlink(device) }
            for name in names where name != file && name != device {
                if try directory.status(name).kind == .directory { pending.append(path.appending(name)) }
            }
        }
    }
}
