package import LayerModel

/// Looks at the contents of a tar's files while they pass.
package protocol TarContentObserver: AnyObject {
    /// A file with content begins.
    ///
    /// - Parameters:
    ///   - path: Where in the layer its name leads.
    ///   - byteCount: Its length.
    func begin(_ path: LayerPath, byteCount: Int64)

    /// The next bytes, valid during the call only.
    func update(_ chunk: UnsafeRawBufferPointer)

    /// Zeros that the tar does not store.
    func skip(_ byteCount: Int64)

    /// The file ends.
    func end()
}
