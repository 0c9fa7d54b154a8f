import LayerArchive
import LayerModel

/// Writes the files of images as a tar.
///
/// All times are the epoch, as in what `docker save` writes with the containerd store, owners are 0, modes 0755 and 0644: what is written
/// depends on the images alone, not on the order in which layers came to be shared.
package final class TarSink: ImageSink {
    private let writer: TarWriter

    /// Starts a tar.
    ///
    /// - Parameter sink: Takes the bytes of the tar, valid during the call only.
    /// - Throws: `ArchiveError` when libarchive cannot be set up.
    package init(_ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        writer = try TarWriter(sink: sink)
    }

    /// Adds a directory.
    package func addDirectory(_ name: String) throws {
        try writer.add(
            TarHeader(name: Array("\(name)/".utf8), kind: .directory, attributes: FileAttributes(mode: 0o755))
        )
    }

    /// Adds a symbolic link.
    package func addSymbolicLink(_ name: String, to target: String) throws {
        try writer.add(
            TarHeader(
                name: Array(name.utf8),
                kind: .symbolicLink,
                attributes: FileAttributes(mode: 0o777),
                linkName: Array(target.utf8)
            )
        )
    }

    /// Begins a file.
    package func begin(_ name: String, byteCount: Int64) throws {
        let attributes = FileAttributes(mode: 0o644)
        try writer.add(
            TarHeader(name: Array(name.utf8), kind: .regular, attributes: attributes, byteCount: byteCount)
        )
    }

    /// Takes the next bytes of the file.
    package func write(_ bytes: UnsafeRawBufferPointer) throws {
        try writer.write(bytes)
    }

    /// Ends the tar.
    package func finish() throws {
        try writer.finish()
    }
}
