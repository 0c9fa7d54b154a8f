internal import LayerModel

extension TarFramer {
    /// Gives libarchive its next bytes: for its read callback.
    ///
    /// - Returns: The bytes; none when that failed, with `failure` set.
    func pieceForLibarchive() -> UnsafeRawBufferPointer {
        do {
            let piece = unsafe try nextPiece()
            handedByteCount += Int64(piece.count)
            return unsafe piece
        } catch {
            failure = error
            return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        }
    }

    private func nextPiece() throws -> UnsafeRawBufferPointer {
        if headersAreNext {
            headersAreNext = false
            return unsafe headers.bytes
        }
        switch phase {
        case .headers: throw Self.disagreement
        case .map:
            guard mapByteCount < limits.extensionHeaderByteCount else { throw tooManyRegions }
            // To the end of a block and no further, wherever the chunks of the source end: the data begins at one.
            let piece = unsafe try bodyPiece(upTo: Int64(TarBlock.byteCount - mapByteCount & 511), toSink: true)
            mapByteCount += piece.count
            return unsafe piece
        case .body: return unsafe try bodyPiece(upTo: .max, toSink: bodyLeft == 0)
        case .skipping: return unsafe try bodyPiece(upTo: .max, toSink: true)
        }
    }

    /// Takes bytes of the body, and after it the padding.
    private func bodyPiece(upTo most: Int64, toSink: Bool) throws -> UnsafeRawBufferPointer {
        let left = bodyLeft > 0 ? bodyLeft : paddingLeft
        guard left > 0 else { throw Self.disagreement }
        guard try refill() else { throw ArchiveError.truncated("tar archive") }
        let count = unsafe Int(min(left, most, Int64(chunk.count)))
        let piece = unsafe UnsafeRawBufferPointer(rebasing: chunk.prefix(count))
        take(count)
        if bodyLeft > 0 { bodyLeft -= Int64(count) } else { paddingLeft -= Int64(count) }
        if toSink { unsafe try sink?.raw(piece) }
        return unsafe piece
    }

    /// Passes over the rest of the body and the padding: for libarchive's skip callback.
    ///
    /// - Returns: How many bytes were passed over; libarchive reads the others.
    func skipForLibarchive(_ byteCount: Int64) -> Int64 {
        guard sink == nil, phase == .skipping, !headersAreNext else { return 0 }
        do {
            let skipped = try skip(min(byteCount, bodyLeft + paddingLeft))
            handedByteCount += skipped
            return skipped
        } catch {
            sourceFailed = true
            failure = error
            return -1
        }
    }

    private func skip(_ byteCount: Int64) throws -> Int64 {
        let inChunk = unsafe min(byteCount, Int64(chunk.count))
        take(Int(inChunk))
        var skipped = inChunk
        while skipped < byteCount {
            let more = try source.skip(byteCount - skipped)
            if more <= 0 { break }
            skipped += more
            position += more
        }
        let ofBody = min(skipped, bodyLeft)
        bodyLeft -= ofBody
        paddingLeft -= skipped - ofBody
        return skipped
    }

    /// Passes over the rest of a member that libarchive is not shown.
    func passOver() throws {
        headersAreNext = false
        phase = .skipping
        do {
            _ = try skip(bodyLeft + paddingLeft)
        } catch {
            sourceFailed = true
            throw error
        }
        while bodyLeft + paddingLeft > 0 { _ = unsafe try bodyPiece(upTo: .max, toSink: false) }
        unseenByteCount += position - member.offset
    }

    /// What is said when libarchive and this frame do not find the same members.
    static var disagreement: ArchiveError {
        .corrupt("tar archive", reason: "its headers can be read in more than one way")
    }
}
