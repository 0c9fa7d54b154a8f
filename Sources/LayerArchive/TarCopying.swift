package import LayerModel

/// Copies entries from one tar into another, under other names where that is wanted.
package enum TarCopying {
    /// What a reader says of its entry, for a writer.
    ///
    /// - Parameters:
    ///   - reader: At an entry.
    ///   - directory: Where its name, and that of a hard link's target, is put below.
    /// - Returns: The header, its names in canonical form.
    /// - Throws: `ArchiveError` that names the entry for a name that leads out.
    package static func header(of reader: TarReader, below directory: LayerPath = .root) throws -> TarHeader {
        let linkName = unsafe Array(reader.linkName)
        let path = unsafe try path(Array(reader.name), below: directory)
        return TarHeader(
            name: path.isRoot ? Array("./".utf8) : path.bytes,
            kind: reader.kind,
            attributes: FileAttributes(
                mode: reader.mode,
                uid: reader.uid,
                gid: reader.gid,
                modificationTime: reader.modificationTime,
                extendedAttributes: try reader.extendedAttributes()
            ),
            linkName: reader.kind == .hardLink ? try Self.path(linkName, below: directory).bytes : linkName,
            device: reader.device,
            byteCount: reader.kind == .regular ? reader.byteCount : 0
        )
    }

    /// A name of an entry below a directory.
    ///
    /// - Parameters:
    ///   - name: The name as a tar has it.
    ///   - directory: The directory.
    /// - Returns: The path.
    /// - Throws: `ArchiveError` that names the entry for a name that leads out.
    package static func path(_ name: [UInt8], below directory: LayerPath = .root) throws -> LayerPath {
        do throws(LayerPathError) {
            let path = try LayerPath(normalizing: name)
            return path.isRoot ? directory : directory.appending(path.bytes)
        } catch {
            throw ArchiveError.entry(name: name, .corrupt("name", reason: "\(error)"))
        }
    }

    /// Gives the content of a reader's entry, its holes as zeros.
    ///
    /// - Parameters:
    ///   - reader: At a regular file.
    ///   - body: Takes the bytes.
    /// - Throws: What reading met, and what the closure threw.
    package static func readBody(_ reader: TarReader, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let byteCount = reader.byteCount
        var position: Int64 = 0
        unsafe try reader.readBody { chunk, offset in
            unsafe try zeros(offset - position, body)
            unsafe try body(chunk)
            position = offset + Int64(chunk.count)
        }
        unsafe try zeros(byteCount - position, body)
    }

    /// Gives zeros.
    static func zeros(_ count: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard count > 0 else { return }
        let zeros = [UInt8](repeating: 0, count: Int(min(count, 64 << 10)))
        var left = count
        while left > 0 {
            let piece = Int(min(left, Int64(zeros.count)))
            unsafe try zeros.withUnsafeBytes { unsafe try body(UnsafeRawBufferPointer(rebasing: $0[..<piece])) }
            left -= Int64(piece)
        }
    }
}
