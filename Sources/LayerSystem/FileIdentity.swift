/// Which file it is: two names with one identity lead to one file.
package struct FileIdentity: Hashable, Sendable {
    /// The number of the file system's device.
    package let device: UInt64
    /// The file's number on it.
    package let inode: UInt64

    /// Names a file.
    ///
    /// - Parameters:
    ///   - device: The number of the file system's device.
    ///   - inode: The file's number on it.
    package init(device: UInt64, inode: UInt64) {
        self.device = device
        self.inode = inode
    }
}
