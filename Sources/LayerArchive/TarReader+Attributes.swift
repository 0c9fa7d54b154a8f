internal import CArchive
package import LayerModel

extension TarReader {
    /// Gives the extended attributes of the entry, in the order of the archive.
    ///
    /// An attribute that is given twice counts once, with the value that was given last.
    ///
    /// - Returns: The attributes; none at no cost when there are none.
    /// - Throws: `ArchiveError` that names the entry when there are too many, or one is too large.
    package func extendedAttributes() throws -> [ExtendedAttribute] {
        let count = unsafe Int(archive_entry_xattr_reset(entry))
        guard count > 0 else { return [] }
        do {
            return try attributes(count)
        } catch {
            throw unsafe ArchiveError.entry(name: Array(name), error)
        }
    }

    private func attributes(_ count: Int) throws(ArchiveError) -> [ExtendedAttribute] {
        // The usual writers put each attribute in twice, under two keywords.
        guard count <= 2 * limits.xattrCount else { throw tooManyAttributes }
        var found: [ExtendedAttribute] = []
        var namePointer: UnsafePointer<CChar>?
        var valuePointer: UnsafeRawPointer?
        var valueCount = 0
        while unsafe archive_entry_xattr_next(entry, &namePointer, &valuePointer, &valueCount) == ARCHIVE_OK {
            let name = unsafe Array(Self.bytes(namePointer))
            guard name.count <= limits.xattrNameByteCount else {
                let reason = "name of an extended attribute too long (over \(limits.xattrNameByteCount) bytes)"
                throw .limit(.attributeNameBytes, reason)
            }
            guard valueCount <= limits.xattrValueByteCount else {
                let reason = "extended attribute too large (over \(limits.xattrValueByteCount) bytes)"
                throw .limit(.attributeBytes, reason)
            }
            // libarchive gives them last first, so the first that is met is the one that counts.
            if found.contains(where: { $0.name == name }) { continue }
            let value = unsafe UnsafeRawBufferPointer(start: valuePointer, count: valueCount)
            unsafe found.append(ExtendedAttribute(name: name, value: Array(value)))
        }
        guard found.count <= limits.xattrCount else { throw tooManyAttributes }
        return found.reversed()
    }

    private var tooManyAttributes: ArchiveError {
        .limit(.attributes, "too many extended attributes (over \(limits.xattrCount))")
    }
}
