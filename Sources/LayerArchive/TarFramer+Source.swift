internal import LayerModel

extension TarFramer {
    /// Ends an archive that has no end blocks: accepted, as everywhere.
    func end(after member: TarMember) throws -> Bool {
        if member.hasPaxHeader || member.hasGNUName || member.hasGNULinkName {
            throw ArchiveError.truncated("tar archive (extension header without a member)")
        }
        unsafe try sink?.raw(headers.bytes)
        return false
    }

    /// Ends an archive at its end blocks, and reads what follows them: it counts in the digest (contract L-10).
    func endAtZeroBlock(after member: TarMember) throws -> Bool {
        if member.hasPaxHeader || member.hasGNUName || member.hasGNULinkName {
            throw ArchiveError.corrupt("tar archive", reason: "extension header without a member")
        }
        if try appendToHeaders(TarBlock.byteCount, mayEnd: true) {
            let second = unsafe TarBlock(headers[headers.count - TarBlock.byteCount..<headers.count])
            // Go refuses this, GNU tar and libarchive stop, others go on: nobody could say what is in such a layer.
            guard second.isZero else { throw ArchiveError.corrupt("tar archive", reason: "data after one zero block") }
        }
        unsafe try sink?.raw(headers.bytes)
        while try refill() {
            unsafe try sink?.raw(chunk)
            unsafe take(chunk.count)
        }
        return false
    }

    /// Copies bytes of the source to the headers.
    ///
    /// - Returns: False when there are none and that is allowed.
    func appendToHeaders(_ count: Int, mayEnd: Bool) throws -> Bool {
        var left = count
        while left > 0 {
            guard try refill() else {
                if mayEnd, left == count { return false }
                throw ArchiveError.truncated("tar header")
            }
            let taken = unsafe min(left, chunk.count)
            unsafe headers.append(UnsafeRawBufferPointer(rebasing: chunk.prefix(taken)))
            take(taken)
            left -= taken
        }
        return true
    }

    /// Makes sure that there are bytes in the chunk.
    ///
    /// - Returns: False at the end of the source.
    func refill() throws -> Bool {
        guard unsafe chunk.isEmpty else { return true }
        do {
            unsafe chunk = try source.nextChunk()
        } catch {
            sourceFailed = true
            throw error
        }
        if unsafe position + Int64(chunk.count) > limits.layerByteCount {
            throw ArchiveError.limit(.layerBytes, "tar larger than \(limits.layerByteCount) bytes")
        }
        return unsafe !chunk.isEmpty
    }

    func take(_ count: Int) {
        unsafe chunk = UnsafeRawBufferPointer(rebasing: chunk.dropFirst(count))
        position += Int64(count)
    }
}
