package import LayerSystem

/// Writes the files of images into an empty directory.
package final class DirectorySink: ImageSink {
    private let root: Directory
    private var appender: FileAppender?

    /// Writes into a directory.
    ///
    /// - Parameter root: The directory, empty.
    package init(_ root: Directory) {
        self.root = root
    }

    /// Makes a directory.
    package func addDirectory(_ name: String) throws {
        let (parent, last) = try place(of: name)
        try parent.makeDirectory(last, mode: 0o755)
    }

    /// Makes a symbolic link.
    package func addSymbolicLink(_ name: String, to target: String) throws {
        let (parent, last) = try place(of: name)
        try parent.makeSymbolicLink(last, target: Array(target.utf8))
    }

    /// Begins a file.
    package func begin(_ name: String, byteCount: Int64) throws {
        try appender?.flush()
        let (parent, last) = try place(of: name)
        appender = FileAppender(try parent.createFile(last, mode: 0o644))
    }

    /// Takes the next bytes of the file.
    package func write(_ bytes: UnsafeRawBufferPointer) throws {
        try appender?.append(bytes)
    }

    /// Ends the last file.
    package func finish() throws {
        try appender?.flush()
        appender = nil
    }

    private func place(of name: String) throws -> (parent: Directory, last: String) {
        var components = name.split(separator: "/").map(String.init)
        let last = components.removeLast()
        return (try components.reduce(root) { try $0.open($1) }, last)
    }
}
