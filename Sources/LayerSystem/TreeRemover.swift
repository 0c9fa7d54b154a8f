internal import CLinux
internal import Glibc
internal import LayerModel

/// Removes a tree without recursion, with a bounded number of descriptors, whatever its depth.
///
/// Each directory on the way down is held open, so that nothing moved or linked meanwhile leads elsewhere. Where the way gets longer
/// than `depthLimit`, the next directory is first moved up to the top of the tree: it is then found there like any other.
///
/// Calls give their result, or an error number with a minus sign.
final class TreeRemover {
    /// The most directories held open at once.
    private static let depthLimit = 32

    /// A directory on the way down; the name of the next one is what its reader read last.
    private struct Level {
        let reader: DirectoryReader
        /// Whether anything went since the reader began.
        var isShrinking = false
    }

    private let parent: Directory
    private let topName: [UInt8]
    private let label: String
    private var levels: [Level] = []

    init(_ name: some PathBytes, in parent: Directory) {
        self.parent = parent
        topName = name.pathBytes
        label = parent.subject(name)
    }

    /// Removes the name, and all below it.
    func run() throws(SystemError) {
        guard try parent.status(topName).kind == .directory else {
            try parent.unlink(topName)
            return
        }
        let descriptor = parent.descriptor.rawValue
        push(try check("open", unsafe topName.withCName { unsafe Self.openDirectory(descriptor, $0) }))
        while let level = levels.last {
            if try level.reader.next() {
                try takeEntry(of: level.reader)
            } else {
                try finishLevel()
            }
        }
    }

    /// Deals with the name that the innermost level read: it goes, or becomes the next level.
    private func takeEntry(of reader: DirectoryReader) throws(SystemError) {
        if reader.kind != .directory {
            let result = Self.permitting(reader) { unsafe unlinkat(reader.descriptor, reader.cName, 0) }
            if result == 0 || result == -ENOENT {
                levels[levels.count - 1].isShrinking = true
                return
            }
            // A file system that does not tell kinds lets the call find out: EISDIR, or EPERM in POSIX' words.
            guard reader.kind == nil, result == -EISDIR || result == -EPERM else { throw failure("unlink", result) }
        }
        if levels.count >= Self.depthLimit, try hoist(reader) { return }
        let child = unsafe Self.openDirectory(reader.descriptor, reader.cName)
        if child != -ENOENT { push(try check("open", child)) }
    }

    /// Removes the innermost level, which is empty, or reads it once more.
    private func finishLevel() throws(SystemError) {
        guard var level = levels.popLast() else { return }
        let result: CInt
        if let above = levels.last?.reader {
            result = Self.permitting(above) { unsafe unlinkat(above.descriptor, above.cName, AT_REMOVEDIR) }
        } else {
            let descriptor = parent.descriptor.rawValue
            result = Self.result { unsafe topName.withCName { unsafe unlinkat(descriptor, $0, AT_REMOVEDIR) } }
        }
        if (result == -ENOTEMPTY || result == -EEXIST) && level.isShrinking {
            // A name that was moved here, or that the file system passed over while others went.
            try level.reader.rewind()
            level.isShrinking = false
            levels.append(level)
            return
        }
        if result != -ENOENT { try check("rmdir", result) }
        if !levels.isEmpty { levels[levels.count - 1].isShrinking = true }
    }

    /// Moves the directory that the innermost level read up to the top; gives false where the file system cannot.
    private func hoist(_ reader: DirectoryReader) throws(SystemError) -> Bool {
        guard let top = levels.first?.reader else { return false }
        let name = try TemporaryName.make()
        let move = {
            Self.result {
                unsafe name.withCName { unsafe renameat(reader.descriptor, reader.cName, top.descriptor, $0) }
            }
        }
        var result = move()
        if result == -EACCES {
            // To move a directory, both that hold it and the directory itself must be writable.
            _ = unsafe cl_fchmodat_nofollow(reader.descriptor, reader.cName, 0o700)
            fchmod(reader.descriptor, 0o700)
            fchmod(top.descriptor, 0o700)
            result = move()
        }
        switch result {
        case -EXDEV, -EINVAL, -EOPNOTSUPP: return false
        case -ENOENT: return true
        default:
            try check("rename", result)
            levels[0].isShrinking = true
            return true
        }
    }

    private func push(_ descriptor: CInt) {
        levels.append(Level(reader: DirectoryReader(owning: descriptor, label: label)))
    }
}

extension TreeRemover {
    /// Opens a directory and makes it writable first where its mode forbids to read it; a mount is refused with EXDEV.
    private static func openDirectory(_ parent: CInt, _ name: UnsafePointer<CChar>) -> CInt {
        let opened = unsafe openDirectoryAsIs(parent, name)
        guard opened == -EACCES, unsafe cl_fchmodat_nofollow(parent, name, 0o700) == 0 else { return opened }
        return unsafe openDirectoryAsIs(parent, name)
    }

    private static func openDirectoryAsIs(_ parent: CInt, _ name: UnsafePointer<CChar>) -> CInt {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        if RootedResolver.preferred == .kernel {
            return result { unsafe cl_openat2(parent, name, UInt64(flags), 0, cl_resolve_no_xdev) }
        }
        let opened = result { unsafe openat(parent, name, flags) }
        guard opened >= 0 else { return opened }
        var (above, here) = (cl_status(), cl_status())
        let isKnown = unsafe cl_fstat(parent, &above) == 0 && cl_fstat(opened, &here) == 0
        if isKnown && above.device == here.device { return opened }
        close(opened)
        return -EXDEV
    }

    /// Makes a call on a name in a directory, and makes the directory writable first where its mode forbids the call.
    private static func permitting(_ directory: DirectoryReader, _ body: () -> CInt) -> CInt {
        let first = result(body)
        guard first == -EACCES, fchmod(directory.descriptor, 0o700) == 0 else { return first }
        return result(body)
    }

    private static func result(_ body: () -> CInt) -> CInt {
        let result = SystemCall.retrying(body)
        return result == -1 ? -errno : result
    }

    @discardableResult
    private func check(_ call: StaticString, _ result: CInt) throws(SystemError) -> CInt {
        if result < 0 { throw failure(call, result) }
        return result
    }

    private func failure(_ call: StaticString, _ result: CInt) -> SystemError {
        let path = levels.map { level in unsafe "/" + level.reader.name.escaped }.joined()
        return SystemError(call: call.description, subject: label + path, code: -result)
    }
}
