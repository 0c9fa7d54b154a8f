import LayerArchive
import LayerModel
import LayerSystem

/// Opens what a user named, whatever it is: a directory, a file that can be read in place, or a stream.
enum ContentsOpener {
    /// Opens an input.
    ///
    /// - Parameters:
    ///   - input: The input.
    ///   - spoolDirectory: Where bodies go that cannot be read in place; nil for the usual place.
    ///   - limits: What is too much.
    /// - Returns: The files in it.
    /// - Throws: `TransportError`.
    static func open(
        _ input: ImageInput,
        spoolDirectory: Directory?,
        limits: InputLimits
    ) throws -> any ArchiveContents {
        try TransportError.naming(TransportError.Subject(file: input.label)) {
            switch input {
            case .standardInput:
                return try open(StandardStream.input(), isShared: true, input.label, spoolDirectory, limits)
            case .path(let path):
                if let directory = try directory(path) {
                    return LayoutDirectory(directory, label: path, limits: limits)
                }
                return try open(File.openForReading(path: path), isShared: false, input.label, spoolDirectory, limits)
            }
        }
    }

    private static func directory(_ path: String) throws -> Directory? {
        do {
            return try Directory(path: path)
        } catch {
            guard error.isNotDirectory else { throw error }
            return nil
        }
    }

    private static func open(
        _ file: File,
        isShared: Bool,
        _ label: String,
        _ spoolDirectory: Directory?,
        _ limits: InputLimits
    ) throws -> any ArchiveContents {
        let spool = Spool(in: spoolDirectory, for: label, limits: limits)
        let scanner = ArchiveScanner(label: label, spool: spool, limits: limits)
        guard file.isRegular, !isShared || isAtBeginning(file) else {
            return ArchiveFile(try scanner.scanStream(StreamSource(file)), label: label, limits: limits)
        }
        let byteCount = try file.byteCount()
        let whole = ContentBlob(
            name: .subject(TransportError.Subject(file: label)),
            place: .range(file, offset: 0),
            byteCount: byteCount
        )
        let compression = Compression.sniff(try whole.prefix(Compression.prefixByteCount))
        let table =
            compression == .none
            ? try scanner.scanInPlace(file, byteCount: byteCount) : try scanner.scanStream(whole.open())
        return ArchiveFile(table, label: label, limits: limits)
    }

    /// Whether nothing was read of a file that the process was given open: otherwise it goes on where the other one stopped.
    ///
    /// Source: `man 5 proc`, "/proc/pid/fdinfo".
    private static func isAtBeginning(_ file: File) -> Bool {
        let facts = HostFile.readLine("/proc/self/fdinfo/\(file.descriptor.rawValue)")
        return facts?.split(separator: " ").prefix(2).elementsEqual(["pos:", "0"]) ?? false
    }
}
