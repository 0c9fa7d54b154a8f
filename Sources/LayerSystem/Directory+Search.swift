internal import CLinux
internal import Glibc

extension Directory {
    /// Opens a directory of the host of which the user may reach the names but need not be able to list them.
    ///
    /// Its own owner, mode, times and extended attributes cannot be changed through it; listing it asks for the right to.
    ///
    /// - Parameter path: A path of the host; links are followed.
    /// - Returns: The directory.
    /// - Throws: `SystemError` of `open`.
    package static func searchable(path: some PathBytes) throws(SystemError) -> Directory {
        let flags = cl_o_path | O_DIRECTORY | O_CLOEXEC
        let opened = try SystemCall.run("open", path.escaped) { unsafe path.withCPath { unsafe Glibc.open($0, flags) } }
        return Directory(owning: opened, label: path.escaped)
    }
}
