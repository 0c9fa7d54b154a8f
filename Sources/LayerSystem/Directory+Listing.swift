extension Directory {
    /// Begins to read the names in this directory, in the order in which the file system has them.
    package func reader() throws(SystemError) -> DirectoryReader {
        DirectoryReader(owning: try reopen(), label: label)
    }

    /// All names in this directory, ordered by their bytes.
    ///
    /// - Returns: The names, without `.` and `..`.
    /// - Throws: `SystemError` of `getdents64`.
    /// - Complexity: O(n log n) in the number of names.
    package func list() throws(SystemError) -> [[UInt8]] { try Self.names(reader()) }

    /// All names in this directory, ordered by their bytes, read through its own descriptor: nobody else may be reading this object.
    ///
    /// One open and one close less than `list()`, where a directory was opened to be read once.
    ///
    /// - Returns: The names, without `.` and `..`.
    /// - Throws: `SystemError` of `getdents64`.
    /// - Complexity: O(n log n) in the number of names.
    package func listOnce() throws(SystemError) -> [[UInt8]] { try Self.names(DirectoryReader(reading: self)) }

    private static func names(_ reader: DirectoryReader) throws(SystemError) -> [[UInt8]] {
        var names: [[UInt8]] = []
        while try reader.next() { names.append(unsafe Array(reader.name)) }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Whether there is no name in this directory.
    package func isEmpty() throws(SystemError) -> Bool {
        try !reader().next()
    }
}
