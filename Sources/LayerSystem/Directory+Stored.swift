internal import CLinux
internal import Glibc
internal import LayerModel

/// What this program itself put below a directory: every verb begins with some of it, so it is reached in as few calls as can be.
extension Directory {
    /// Reads a small file whole; nil when there is none of the name.
    ///
    /// What else might stand there is opened, but never waited for or read.
    ///
    /// - Parameters:
    ///   - name: One component; a symbolic link is refused.
    ///   - byteLimit: The most bytes that are accepted; nothing is allocated for more.
    /// - Returns: The content.
    /// - Throws: `SystemError` of `open` or `read`; `isNotRegularFile` for what is none, `isTooLong` for a longer file.
    package func readStoredFile(_ name: some PathBytes, byteLimit: Int) throws(SystemError) -> [UInt8]? {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let opened: CInt
        do throws(SystemError) {
            opened = try unsafe call("open", name) { unsafe openat($0, $1, flags) }
        } catch {
            if error.isNotFound { return nil }
            // How a socket answers, and a device without a driver. Source: man 2 open.
            throw error.code == ENXIO ? error.with(code: SystemError.notRegularFileCode) : error
        }
        let file = File(owning: opened, label: subject(name))
        let status = try file.status()
        guard status.kind == .regular else {
            let code = status.kind == .directory ? EISDIR : SystemError.notRegularFileCode
            throw SystemError(call: "open", subject: file.label, code: code)
        }
        return try file.readAll(announced: status.byteCount, byteLimit: byteLimit)
    }

    /// Opens a directory below this one; nil when a name on the way is missing.
    ///
    /// - Parameter names: One component each; a symbolic link is refused.
    /// - Returns: The directory; this one for no names.
    /// - Throws: `SystemError` of `open`.
    package func openIfPresent(_ names: [String]) throws(SystemError) -> Directory? {
        if names.count > 1, names.allSatisfy(\.isComponent) {
            let path = names.joined(separator: "/")
            let opened = openAtOnce(path)
            if opened != -1 { return Directory(owning: opened, label: subject(path), in: self) }
            if errno == ENOENT { return nil }
        }
        // Where the kernel has no such call, and where it is to be told which name it is that does not open.
        var current = self
        for name in names {
            do throws(SystemError) {
                current = try current.open(name)
            } catch {
                if error.isNotFound { return nil }
                throw error
            }
        }
        return current
    }

    /// Opens a directory at a path that no link and no `..` is obeyed in: one call instead of one a name.
    ///
    /// - Returns: The descriptor, or -1 with errno.
    private func openAtOnce(_ path: String) -> CInt {
        let flags = UInt64(O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        return SystemCall.retrying {
            unsafe path.withCPath { path in
                unsafe cl_openat2(descriptor.rawValue, path, flags, 0, cl_resolve_beneath | cl_resolve_no_symlinks)
            }
        }
    }
}
