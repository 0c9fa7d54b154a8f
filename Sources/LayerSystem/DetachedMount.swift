internal import CLinux

/// A mount that stands nowhere: it can be used through its root, and goes with it.
package struct DetachedMount: Sendable {
    /// The root directory of what is mounted.
    package let root: Directory

    /// Wraps a mount that stands nowhere yet.
    ///
    /// - Parameter root: The root directory of what is mounted.
    init(root: Directory) {
        self.root = root
    }

    /// Copies a mount that stands somewhere.
    ///
    /// - Parameter root: The root directory of what is mounted.
    /// - Throws: `SystemError` of `open_tree`.
    package init(copying root: Directory) throws(SystemError) {
        let copy = try SystemCall.run("open_tree", root.label) { cl_clone_mount(root.descriptor.rawValue) }
        self.root = Directory(owning: copy, label: root.label)
    }

    /// Puts the mount on a directory, which is held open: no path is looked up, so nothing that is swapped meanwhile leads elsewhere.
    ///
    /// - Parameter target: The directory; where something is mounted on it already, the root of that.
    /// - Throws: `SystemError` of `move_mount`.
    package func attach(to target: Directory) throws(SystemError) {
        let flags = cl_move_mount_f_empty_path | cl_move_mount_t_empty_path
        let (from, to) = (root.descriptor.rawValue, target.descriptor.rawValue)
        try SystemCall.run("move_mount", target.label) { unsafe cl_move_mount(from, "", to, "", flags) }
    }
}
