internal import Glibc

extension Host {
    /// The path of the directory that relative paths begin at.
    ///
    /// - Returns: An absolute path.
    /// - Throws: `SystemError` of `getcwd`: the directory may be gone.
    package static func currentDirectory() throws(SystemError) -> String {
        guard let path = unsafe getcwd(nil, 0) else {
            throw SystemError(call: "getcwd", subject: "", code: errno)
        }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    /// Ends the process at once; buffers of ours are flushed by then.
    ///
    /// - Parameter status: What the parent gets to see.
    package static func exit(_ status: Int32) -> Never {
        Glibc.exit(status)
    }
}
