internal import CLinux
internal import Glibc

/// How a path is resolved below a directory that nothing leads out of.
///
/// Absolute links and `..` stay inside, as after a chroot: `var/run -> /run` works, and `..` at the root is the root.
enum RootedResolver: Sendable, CaseIterable {
    /// `openat2(2)` with RESOLVE_IN_ROOT, since Linux 5.6.
    case kernel
    /// A walk component by component, each opened without following a link.
    case emulation

    /// The kernel's where it is there.
    ///
    /// Old seccomp filters answer EPERM to a call that they do not know.
    static let preferred: RootedResolver = {
        let flags = UInt64(cl_o_path | O_CLOEXEC | O_DIRECTORY)
        let probe = SystemCall.retrying { unsafe cl_openat2(AT_FDCWD, ".", flags, 0, cl_resolve_in_root) }
        if probe == -1 { return errno == ENOSYS || errno == EPERM ? .emulation : .kernel }
        close(probe)
        return .kernel
    }()

    /// Opens what a path leads to.
    ///
    /// - Parameters:
    ///   - path: Components of any form; empty for the root itself.
    ///   - root: The directory that nothing leads out of.
    ///   - flags: Flags of `open` without O_CREAT; with O_NOFOLLOW the last component is not followed.
    /// - Returns: The descriptor, or -1 with errno.
    func open(_ path: some PathBytes, in root: CInt, flags: CInt) -> CInt {
        switch self {
        case .kernel: Self.openWithKernel(path, in: root, flags: flags)
        case .emulation: RootedWalk.open(path, in: root, flags: flags)
        }
    }

    private static func openWithKernel(_ path: some PathBytes, in root: CInt, flags: CInt) -> CInt {
        unsafe withPathOrDot(path) { name in
            // EAGAIN: something was renamed while the kernel went through "..". It counts such races, and so do we.
            for _ in 0..<1024 {
                let result = SystemCall.retrying {
                    unsafe cl_openat2(
                        root,
                        name,
                        UInt64(flags | O_CLOEXEC),
                        0,
                        cl_resolve_in_root | cl_resolve_no_magiclinks
                    )
                }
                if result != -1 || errno != EAGAIN { return result }
            }
            return SystemCall.failing(EAGAIN)
        }
    }

    private static func withPathOrDot(_ path: some PathBytes, _ body: (UnsafePointer<CChar>) -> CInt) -> CInt {
        let isRoot = path.pathBytes.isEmpty
        return isRoot ? unsafe ".".withCPath { unsafe body($0) } : unsafe path.withCPath { unsafe body($0) }
    }
}
