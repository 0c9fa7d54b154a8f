import Foundation
import LayerModel
import LayerSystem

/// What a program may do to a directory tree, made by chance over few names, so that everything meets everything.
///
/// What cannot be done (a name is missing, a directory is in the way) is left undone, as a script without `set -e` does it. Two runs
/// with one seed do the same to trees that look the same.
package struct RandomEdits {
    private var generator: SeededGenerator
    private let root: String
    /// Whether files are written in place though they may have other names: overlayfs breaks the link then, a plain directory does not.
    private let writesLinkedFiles: Bool

    /// Prepares to edit a tree.
    ///
    /// - Parameters:
    ///   - root: The tree's path.
    ///   - seed: What decides.
    ///   - writesLinkedFiles: Whether files of several names are written in place.
    package init(_ root: String, seed: UInt64, writesLinkedFiles: Bool = true) {
        self.root = root
        generator = SeededGenerator(seed: seed)
        self.writesLinkedFiles = writesLinkedFiles
    }

    /// Does a number of things.
    package mutating func run(count: Int) {
        for _ in 0..<count { edit() }
    }

    private mutating func edit() {
        let (one, other) = (path(), path())
        let number = Int.random(in: 0..<4, using: &generator)
        switch Int.random(in: 0..<18, using: &generator) {
        case 0, 1: write(one, O_CREAT | O_TRUNC, "new \(number)")
        case 2: write(one, O_APPEND, "more \(number)")
        case 3: if mayWrite(one) { _ = truncate(one, off_t(number)) }
        case 4: if !isLink(one) { _ = chmod(one, [0o644, 0o755, 0o4711, 0o600][number]) }
        case 5: _ = lchown(one, uid_t(number), gid_t(number / 2))
        case 6, 7: move(one, to: other)
        case 8, 9: _ = unlink(one)
        case 10: _ = rmdir(one)
        case 11: try? FileManager.default.removeItem(atPath: one)
        case 12, 13: _ = mkdir(one, 0o755)
        case 14: if !isLink(one) { _ = link(one, other) }
        case 15: _ = symlink(["..", "a", "/b/c", "b/../a"][number], one)
        case 16: _ = mkfifo(one, 0o644)
        default: setAttribute(one, number)
        }
    }

    private mutating func path() -> String {
        (0..<Int.random(in: 1...3, using: &generator)).reduce(root) { path, _ in
            path + "/" + (["a", "b", "c"].randomElement(using: &generator) ?? "a")
        }
    }

    private func write(_ path: String, _ flags: Int32, _ text: String) {
        guard mayWrite(path) else { return }
        let file = open(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | flags, 0o644)
        guard file >= 0 else { return }
        _ = text.withCString { Foundation.write(file, $0, text.utf8.count) }
        close(file)
    }

    private func mayWrite(_ path: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return true }
        return status.st_mode & S_IFMT == S_IFREG && (writesLinkedFiles || status.st_nlink == 1)
    }

    private func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// As mv(1): what cannot be renamed is copied and removed.
    private func move(_ path: String, to target: String) {
        var status = stat()
        guard lstat(path, &status) == 0, rename(path, target) != 0, errno == EXDEV else { return }
        var present = stat()
        // A directory that is not empty is in the way, as it would be for rename(2).
        guard lstat(target, &present) != 0 || rmdir(target) == 0 else { return }
        let copy = Process()
        copy.executableURL = URL(fileURLWithPath: "/bin/cp")
        copy.arguments = ["-a", path, target]
        copy.standardError = FileHandle.nullDevice
        guard (try? copy.run()) != nil else { return }
        copy.waitUntilExit()
        try? FileManager.default.removeItem(atPath: path)
    }

    private func setAttribute(_ path: String, _ number: Int) {
        guard !isLink(path) else { return }
        let name = (path as NSString).lastPathComponent
        guard let parent = try? Directory(path: (path as NSString).deletingLastPathComponent) else { return }
        if number == 3 {
            try? parent.removeExtendedAttribute("user.edit", of: name)
        } else {
            let attribute = ExtendedAttribute(name: Array("user.edit".utf8), value: [UInt8(number)])
            try? parent.setExtendedAttribute(attribute, of: name)
        }
    }
}
