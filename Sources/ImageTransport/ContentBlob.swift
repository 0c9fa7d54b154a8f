import LayerModel
import LayerSystem

/// The bytes of one file of an image, wherever they lie.
struct ContentBlob: Sendable {
    /// Where the bytes lie.
    enum Place: Sendable {
        /// A range of an open file: of the archive itself, or of the temporary file beside it.
        case range(File, offset: Int64)
        /// A file in a layout directory, opened when it is read: a layout may have more blobs than a process may have files.
        case file(Directory, LayerPath)
    }

    /// What errors call the bytes.
    let name: ContentName
    /// Where the bytes lie.
    let place: Place
    /// How many bytes there are.
    let byteCount: Int64

    /// The same bytes under the name that a document gives them: links may have led to a member of another name.
    func named(_ subject: TransportError.Subject) -> ContentBlob {
        ContentBlob(name: .subject(subject), place: place, byteCount: byteCount)
    }

    /// What an error about the bytes names.
    var subject: TransportError.Subject { name.subject }

    /// Opens the bytes as they are stored, nothing verified.
    func open() throws -> FileRangeSource {
        let (file, offset) = try range()
        return FileRangeSource(file: file, offset: offset, byteCount: byteCount)
    }

    /// Opens the bytes for someone who reads headers and skips bodies: after a skip no more than a page is read at first.
    ///
    /// In pieces of 16 KiB the headers of a layer with files of 40 KB would take a third of it.
    func openForHeaders() throws -> FileRangeSource {
        let (file, offset) = try range()
        return FileRangeSource(file: file, offset: offset, byteCount: byteCount, probeByteCount: 4096)
    }

    /// Reads the first bytes.
    ///
    /// - Parameter count: How many are wanted.
    /// - Returns: The bytes, fewer than wanted only when there are no more.
    /// - Throws: `TransportError`.
    func prefix(_ count: Int) throws -> [UInt8] {
        let (file, offset) = try range()
        return try bytes(of: file, at: offset, count: Int(min(Int64(count), byteCount)))
    }

    /// Reads all bytes of a document.
    ///
    /// - Parameter limits: How many bytes are accepted.
    /// - Returns: The bytes.
    /// - Throws: `TransportError`.
    func readAll(_ limits: InputLimits) throws -> [UInt8] {
        guard byteCount <= limits[.jsonBytes] else { throw limits.tooLarge(subject, byteCount) }
        let (file, offset) = try range()
        return try bytes(of: file, at: offset, count: Int(byteCount))
    }

    private func range() throws -> (file: File, offset: Int64) {
        switch place {
        case .range(let file, let offset): return (file, offset)
        case .file(let directory, let path):
            do {
                let file = try directory.openFileInRoot(path)
                guard try file.byteCount() == byteCount else {
                    throw TransportError(.corrupt, subject, "the file's size changed while it was in use")
                }
                return (file, 0)
            } catch { throw TransportError.wrapping(error, subject) }
        }
    }

    private func bytes(of file: File, at offset: Int64, count: Int) throws -> [UInt8] {
        var failure: SystemError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            do throws(SystemError) {
                initializedCount = try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
            } catch {
                failure = error
            }
        }
        if let failure { throw TransportError.wrapping(failure, subject) }
        guard bytes.count == count else { throw TransportError(.truncated, subject, "the file ends early") }
        return bytes
    }
}
