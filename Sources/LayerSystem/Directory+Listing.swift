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
    package func list() throws(SystemError) -> [[UInt8]] {
        let reader = try reader()
        var names: [[UInt8]] = []
        while try reader.next() { names.append(unsafe Array(reader.name)) }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Whether there is no name in this directory.
    package func isEmpty() throws(SystemError) -> Bool {
        try !reader().next()
    }
}
