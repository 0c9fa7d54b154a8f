internal import LayerModel

/// Names for what is not finished yet.
package enum TemporaryName {
    /// Makes a name that is not taken: a prefix and 128 random bits.
    ///
    /// - Parameter prefix: What the name begins with.
    /// - Returns: One component.
    /// - Throws: `SystemError` of `getrandom`.
    package static func make(prefix: String = ".tmp-") throws(SystemError) -> String {
        prefix + Digest.encodeHex(try Host.randomBytes(16))
    }
}
