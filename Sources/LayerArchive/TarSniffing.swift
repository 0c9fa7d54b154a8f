/// Tells a tar by its first block: names and endings are never trusted for it.
package enum TarSniffing {
    /// How many first bytes are enough to tell.
    package static let prefixByteCount = TarBlock.byteCount

    /// Whether bytes begin a tar: with a header whose checksum fits, or the zeros of an empty one.
    ///
    /// - Parameter prefix: The first bytes, `prefixByteCount` of them when there are so many.
    /// - Returns: False for fewer bytes than one block.
    package static func isTar(_ prefix: UnsafeRawBufferPointer) -> Bool {
        guard prefix.count >= prefixByteCount else { return false }
        let block = unsafe TarBlock(UnsafeRawBufferPointer(rebasing: prefix[..<prefixByteCount]))
        return block.isZero || block.isChecksumGood
    }
}
