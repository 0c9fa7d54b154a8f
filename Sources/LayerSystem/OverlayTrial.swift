internal import Glibc
internal import LayerModel

/// A trial of overlayfs on the file system of a directory, without anything being mounted where others see it.
///
/// The mount is made with `fsopen(2)` and never attached to a place: it goes with its descriptor.
package enum OverlayTrial {
    /// Mounts an overlay whose upper directory lies in a directory, and removes a file through it.
    ///
    /// - Parameters:
    ///   - directory: An empty directory, in which things are made and left.
    ///   - usesUserAttributes: Whether overlayfs is to keep its attributes in the `user.` namespace, as it must in a user namespace.
    /// - Throws: `SystemError` of the first call that failed; `isNotSupported` when a removed file left no whiteout.
    package static func run(in directory: Directory, usesUserAttributes: Bool = false) throws(SystemError) {
        for name in ["lower", "upper", "work"] { try directory.makeDirectory(name) }
        let lower = try directory.open("lower")
        let upper = try directory.open("upper")
        try lower.makeDirectory("directory")
        _ = try lower.createFile("file")
        let context = try FileSystemContext(type: "overlay")
        // Through the descriptor, whatever characters the directory's own path has.
        let place = directory.descriptorPath
        try context.set("lowerdir", "\(place)/lower")
        try context.set("upperdir", "\(place)/upper")
        try context.set("workdir", "\(place)/work")
        if usesUserAttributes { try context.setFlag("userxattr") }
        let mount = try context.mount([]).root
        try mount.unlink("file")
        guard try upper.status("file").isWhiteout, try mount.list() == [Array("directory".utf8)] else {
            throw SystemError(call: "mount", subject: "overlay", code: EOPNOTSUPP)
        }
    }
}
