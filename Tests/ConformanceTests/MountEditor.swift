import Foundation
import LayerSystem
import LayerTree

/// Does edits to a container as a program does that finds it mounted: by system calls on paths.
struct MountEditor {
    /// Where the container is.
    let root: String
    /// The same tree, for what takes more than one call.
    let tree: TreeEditor

    /// A system call that should have succeeded.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Does an edit.
    func run(_ edit: ContainerEdit, number: Int) throws {
        let path = root + "/" + edit.paths[0]
        var before = stat()
        let keepsMode = lstat(path, &before) == 0 && [S_IFREG, S_IFIFO].contains(before.st_mode & S_IFMT)
        try change(edit, path)
        if keepsMode { restoreMode(edit, path, before.st_mode & 0o7777) }
        let time = ContainerEdit.time(of: number)
        for touched in [edit.touched].compactMap(\.self) + edit.parents where !touched.isEmpty {
            try check(setTime(root + "/" + touched, time), "utimensat", touched)
        }
    }

    private func change(_ edit: ContainerEdit, _ path: String) throws {
        switch edit {
        case .write(_, let content): try write(path, O_CREAT | O_TRUNC, content)
        case .append(_, let content): try write(path, O_APPEND, content)
        case .truncate(_, let count): try check(truncate(path, off_t(count)), "truncate", path)
        case .setMode(_, let mode): try check(chmod(path, mode_t(mode)), "chmod", path)
        case .setOwner(_, let uid, let gid): try check(lchown(path, uid, gid), "lchown", path)
        case .touch: break
        case .move(let name, let target): try move(name, path, to: target)
        case .remove:
            let parts = EditedPath(edit.paths[0])
            if rmdir(path) != 0, unlink(path) != 0 {
                try Directory(path: root + "/" + parts.parent).removeTree(parts.name)
            }
        case .makeDirectory:
            try check(mkdir(path, 0o755), "mkdir", path)
            try check(chmod(path, 0o755), "chmod", path)
        case .link(_, let target): try check(link(path, root + "/" + target), "link", path)
        case .symbolicLink(_, let target): try check(symlink(target, path), "symlink", path)
        case .fifo:
            try check(mkfifo(path, 0o644), "mkfifo", path)
            try check(chmod(path, 0o644), "chmod", path)
        case .setAttribute, .removeAttribute: try tree.run(edit, number: 0)
        }
    }

    private func write(_ path: String, _ flags: Int32, _ content: [UInt8]) throws {
        let isNew = access(path, F_OK) != 0
        let file = open(path, O_WRONLY | O_NOFOLLOW | flags, 0o644)
        try check(file, "open", path)
        defer { close(file) }
        if isNew { try check(fchmod(file, 0o644), "fchmod", path) }
        try check(Foundation.write(file, content, content.count) == content.count ? 0 : -1, "write", path)
    }

    private func move(_ name: String, _ path: String, to target: String) throws {
        guard rename(path, root + "/" + target) != 0 else { return }
        guard errno == EXDEV else { return try check(-1, "rename", path) }
        let (directory, last) = try tree.place(name)
        try TreeMove(tree: tree).moveDirectory(directory, last, to: target)
    }

    /// Writing, and giving away, takes the set-user-ID bit away, and who has to be how privileged to keep it is not what is tested here.
    private func restoreMode(_ edit: ContainerEdit, _ path: String, _ mode: mode_t) {
        switch edit {
        case .write, .append, .truncate, .setOwner: _ = chmod(path, mode)
        default: break
        }
    }

    private func setTime(_ path: String, _ seconds: Int64) -> Int32 {
        let time = timespec(tv_sec: Int(seconds), tv_nsec: 0)
        return utimensat(AT_FDCWD, path, [time, time], AT_SYMLINK_NOFOLLOW)
    }

    private func check(_ result: Int32, _ call: String, _ path: String) throws {
        guard result < 0 else { return }
        throw Failure(description: "\(call) \(path): \(String(cString: strerror(errno)))")
    }
}
