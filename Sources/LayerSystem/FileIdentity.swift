/// Which file it is: two names with one identity lead to one file.
package struct FileIdentity: Hashable, Sendable {
    /// The number of the file system's device.
    package let device: UInt64
    /// The file's number on it.
    package let inode: UInt64
}
