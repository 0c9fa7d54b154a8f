internal import CLinux
internal import Glibc
internal import LayerModel

/// A trial of overlayfs on the file system of a directory, without anything being mounted where others see it.
///
/// The mount is made with `fsopen(2)` and never attached to a place: it goes with its descriptor.
package enum OverlayTrial {
    /// Mounts an overlay whose upper directory lies in a directory, and removes a file through it.
    ///
    /// - Parameter directory: An empty directory, in which things are made and left.
    /// - Throws: `SystemError` of the first call that failed; `isNotSupported` when a removed file left no whiteout.
    package static func run(in directory: Directory) throws(SystemError) {
        for name in ["lower", "upper", "work"] { try directory.makeDirectory(name) }
        let lower = try directory.open("lower")
        let upper = try directory.open("upper")
        try lower.makeDirectory("directory")
        _ = try lower.createFile("file")
        let context = File(
            owning: try SystemCall.run("fsopen", "overlay") { unsafe cl_fsopen("overlay", cl_fsopen_cloexec) },
            label: "overlay"
        )
        // Through the descriptor, whatever characters the directory's own path has.
        let place = "/proc/self/fd/\(directory.descriptor.rawValue)"
        try set("lowerdir", "\(place)/lower", of: context)
        try set("upperdir", "\(place)/upper", of: context)
        try set("workdir", "\(place)/work", of: context)
        let number = context.descriptor.rawValue
        try SystemCall.run("mount", "overlay") { cl_fsconfig(number, cl_fsconfig_cmd_create, nil, nil, 0) }
        let mount = Directory(
            owning: try SystemCall.run("fsmount", "overlay") { cl_fsmount(number, cl_fsmount_cloexec, 0) },
            label: "overlay"
        )
        try mount.unlink("file")
        guard try upper.status("file").isWhiteout, try mount.list() == [Array("directory".utf8)] else {
            throw SystemError(call: "mount", subject: "overlay", code: EOPNOTSUPP)
        }
    }

    private static func set(_ key: String, _ value: String, of context: File) throws(SystemError) {
        let number = context.descriptor.rawValue
        try SystemCall.run("fsconfig", key) {
            unsafe key.withCPath { key in
                unsafe value.withCPath { value in unsafe cl_fsconfig(number, cl_fsconfig_set_string, key, value, 0) }
            }
        }
    }
}
