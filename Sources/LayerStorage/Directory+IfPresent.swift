package import LayerSystem

extension Directory {
    /// Opens a file; nil when there is none of the name.
    ///
    /// - Parameter name: One component.
    /// - Returns: The file.
    /// - Throws: `SystemError` of `open`.
    package func openFileIfPresent(_ name: some PathBytes) throws(SystemError) -> File? {
        do throws(SystemError) {
            return try openFile(name)
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    /// All names in this directory; none when it has been removed since it was opened.
    func listIfPresent() throws(SystemError) -> [[UInt8]] {
        do throws(SystemError) {
            return try list()
        } catch {
            if error.isNotFound { return [] }
            throw error
        }
    }

    /// Opens a directory below this one, name by name, and makes what is missing.
    func openOrMake(_ names: [String]) throws(SystemError) -> Directory {
        var current = self
        for name in names { current = try current.openOrMakeDirectory(name) }
        return current
    }
}
