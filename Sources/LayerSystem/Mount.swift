internal import CLinux
internal import Glibc
internal import LayerModel

/// The mount calls that all kernels have, and what the newer ones leave to them.
package enum Mount {
    /// The most bytes of options that `mount(2)` takes: a page, with a NUL.
    package static var optionByteLimit: Int { Host.pageByteCount - 1 }

    /// Mounts on a directory that is held open.
    ///
    /// - Parameters:
    ///   - source: What the mount table is to show as mounted.
    ///   - type: The file system's type.
    ///   - target: The directory.
    ///   - options: The options as the file system reads them; at most `optionByteLimit`.
    ///   - attributes: What the mount refuses.
    /// - Throws: `SystemError` of `mount`; E2BIG for more options than a page holds.
    package static func mount(
        _ source: [UInt8],
        type: String,
        on target: Directory,
        options: [UInt8],
        _ attributes: MountAttributes
    ) throws(SystemError) {
        guard options.count <= optionByteLimit else {
            throw SystemError(call: "mount", subject: target.label, code: E2BIG)
        }
        let place = target.descriptorPath
        let flags = attributes.classicBits
        try SystemCall.run("mount", target.label) {
            unsafe source.withCPath { source in
                unsafe type.withCPath { type in
                    unsafe place.withCPath { place in
                        unsafe options.withCPath { options in unsafe cl_mount(source, place, type, flags, options) }
                    }
                }
            }
        }
    }

    /// Takes a mount away.
    ///
    /// - Parameters:
    ///   - place: Where it is shown; a symbolic link in the last component is refused.
    ///   - isLazy: Whether a mount that is in use goes too, as soon as nobody uses it any more.
    /// - Throws: `SystemError` of `umount`: `isBusy` when it is in use, EINVAL when nothing is mounted there.
    package static func unmount(_ place: some PathBytes, isLazy: Bool) throws(SystemError) {
        do {
            try unmount(place, flags: cl_umount_nofollow)
        } catch {
            guard error.isBusy, isLazy else { throw error }
            try unmount(place, flags: cl_umount_nofollow | cl_mnt_detach)
        }
    }

    /// Takes the mount away whose root is held open, while it is.
    ///
    /// - Parameter root: The mount's root directory.
    /// - Throws: `SystemError` of `umount`.
    package static func detach(_ root: Directory) throws(SystemError) {
        try unmount(root.descriptorPath, flags: cl_mnt_detach)
    }

    private static func unmount(_ place: some PathBytes, flags: CInt) throws(SystemError) {
        try SystemCall.run("umount", place.escaped) { unsafe place.withCPath { unsafe cl_unmount($0, flags) } }
    }
}
