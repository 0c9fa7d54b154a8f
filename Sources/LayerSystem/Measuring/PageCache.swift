internal import CLinux
internal import Glibc

/// What the kernel keeps in memory of file systems on disks.
package enum PageCache {
    private static let dropFile = "/proc/sys/vm/drop_caches"

    /// Lets the kernel forget content, names and attributes, as far as they are on a disk: of the whole machine.
    ///
    /// What is not written yet stays, so that a synchronisation belongs before it. Nothing of a file system in memory is forgotten.
    ///
    /// Source: kernel `admin-guide/sysctl/vm.rst`, drop_caches.
    ///
    /// - Throws: `SystemError` of `open`: only root of the host may, and not where /proc is read-only.
    package static func drop() throws(SystemError) {
        try HostFile.write("3", to: dropFile)
    }

    /// Lets the kernel forget the content of all files below a directory; their names and attributes stay in memory.
    ///
    /// - Parameter root: The directory; files that cannot be opened are passed over.
    /// - Throws: `SystemError` of `getdents64` or `open` for a directory.
    package static func forgetContent(below root: Directory) throws(SystemError) {
        try TreePass.forgetContent(below: root)
    }
}
