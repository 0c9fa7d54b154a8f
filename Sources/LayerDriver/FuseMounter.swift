internal import LayerSystem

/// Mounts through fuse-overlayfs in the namespace that this process is in.
///
/// The program reads overlayfs' marks in `trusted.` (as root) and `user.`, and its own, `user.fuseoverlayfs.`. It writes all of these for
/// one opaque directory: an attribute (`trusted.overlay.opaque` as root, `user.fuseoverlayfs.opaque` otherwise), an empty file
/// `.wh..wh..opq` and a character device 0:0 `.wh..opq`; and `user.fuseoverlayfs.origin` on what it copied up. Seen with 1.10.
enum FuseMounter {
    /// The program's name.
    static let program = "fuse-overlayfs"
    /// The program through which an ordinary user's mounts are made and taken away.
    static let userProgram = "fusermount3"
    /// The mount's type in the mount table.
    static let typeName = Array("fuse.fuse-overlayfs".utf8)

    /// Mounts; the program goes on in the background as long as the mount is there.
    ///
    /// - Parameter plan: What; its kind is `.fuse`.
    /// - Throws: `DriverError`: `unavailable`, `programFailed`, `pathNotForProgram`; or `SystemError`.
    static func mount(_ plan: MountPlan) throws {
        guard let path = HostFile.findProgram(program) else {
            throw DriverError.unavailable(.fuse, reason: "\(program) is not installed")
        }
        // Told as the mount table will have it, so that the one is found by the other.
        let target = try Directory(path: plan.target).hostPath()
        let command = try FuseCommand(plan, target: target)
        let outcome = try ChildProcess.run(path, command.arguments, directory: Directory(path: command.directory))
        guard outcome.status == 0 else {
            throw DriverError.programFailed(program, status: outcome.status, message: outcome.text)
        }
    }

    /// Takes a mount away, as the ordinary user who made it.
    ///
    /// - Parameters:
    ///   - place: Where it is shown.
    ///   - isLazy: Whether a mount that is in use goes too.
    /// - Throws: `DriverError.programFailed`, or `SystemError`.
    static func unmountAsUser(_ place: [UInt8], isLazy: Bool) throws {
        guard let path = HostFile.findProgram(userProgram) else {
            throw DriverError.unavailable(.fuse, reason: "\(userProgram) is not installed")
        }
        let flags = isLazy ? ["-u", "-z"] : ["-u"]
        let outcome = try ChildProcess.run(path, flags.map { Array($0.utf8) } + [Array("--".utf8), place])
        guard outcome.status == 0 else {
            throw DriverError.programFailed(userProgram, status: outcome.status, message: outcome.text)
        }
    }
}
