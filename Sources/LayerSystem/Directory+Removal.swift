extension Directory {
    /// Removes a name and all that lies below it.
    ///
    /// Links are removed, not followed, and no mount is entered. Directories whose mode forbids it are given another one first. What
    /// somebody else removes at the same time is no failure.
    ///
    /// - Parameter name: One component, of any kind.
    /// - Throws: `SystemError` that names the place, and `isNotFound` when the name itself is not there; a part is then gone already.
    package func removeTree(_ name: some PathBytes) throws(SystemError) {
        try TreeRemover(name, in: self).run()
    }
}
