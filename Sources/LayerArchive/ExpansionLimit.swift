package import LayerModel

/// How many bytes may come of one compressed byte, once there are enough of them to matter.
///
/// Deflate cannot do better than 1032:1, so that no gzip stream ever meets the standard limit. A zstd stream does that is nothing but a run of
/// one byte over hundreds of megabytes, and what is made to fill disks.
package struct ExpansionLimit: Sendable {
    /// The limit in use where nothing else is said.
    package static let standard = ExpansionLimit()

    private let ratio: Int64
    private let freeByteCount: Int64

    /// Takes the limit from those of a command.
    ///
    /// - Parameter limits: All limits.
    package init(_ limits: InputLimits = .standard) {
        ratio = max(1, limits[.ratio])
        freeByteCount = limits[.ratioBytes]
    }

    /// Refuses what has grown too much.
    ///
    /// - Parameters:
    ///   - byteCount: How many bytes came out so far.
    ///   - storedByteCount: Of how many they were made, those that were taken in and not used yet counted.
    /// - Throws: `ArchiveError.limit`.
    package func check(_ byteCount: Int64, from storedByteCount: Int64) throws(ArchiveError) {
        guard byteCount > freeByteCount, byteCount / ratio > storedByteCount else { return }
        let reason = "expands to more than \(ratio) times its size (\(byteCount) bytes of \(storedByteCount))"
        throw .limit(.ratio, reason)
    }
}
