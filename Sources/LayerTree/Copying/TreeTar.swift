package import LayerArchive
import LayerModel
import LayerSystem

/// Writes a part of a tree as a tar, while it is read.
///
/// Sockets are left out: there are none in a tar.
package struct TreeTar {
    private let writer: TarWriter
    private let keepsExtendedAttributes: Bool
    private var firstNames: [FileIdentity: [UInt8]] = [:]

    /// What was left out.
    package private(set) var warnings: [String] = []

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - writer: Takes the entries; the caller ends the tar.
    ///   - keepsExtendedAttributes: Whether entries have the extended attributes.
    package init(_ writer: TarWriter, keepsExtendedAttributes: Bool) {
        self.writer = writer
        self.keepsExtendedAttributes = keepsExtendedAttributes
    }

    /// Adds what stands at one name, with all below it.
    ///
    /// - Parameters:
    ///   - entry: What stands there.
    ///   - name: The name.
    ///   - source: Where it stands.
    ///   - entryName: What the tar calls it.
    /// - Throws: `ArchiveError`, `TreeAccessError`, `SystemError`.
    package mutating func add(
        _ entry: TreeEntry,
        _ name: [UInt8],
        of source: any TreeDirectory,
        as entryName: [UInt8]
    ) throws {
        switch entry.kind {
        case .directory: try add(directory: source.open(name), entry, as: entryName)
        case .socket:
            let path = Array("/".utf8) + source.path.appending(name).bytes
            warnings.append("\(EscapedText.name(path)): a socket is not copied")
        default: try addFile(entry, name, of: source, as: entryName)
        }
    }

    /// Adds an open directory, with all below it.
    ///
    /// - Parameters:
    ///   - directory: The directory.
    ///   - entry: What it is.
    ///   - entryName: What the tar calls it, without a slash at the end.
    /// - Throws: `ArchiveError`, `TreeAccessError`, `SystemError`.
    package mutating func add(directory: any TreeDirectory, _ entry: TreeEntry, as entryName: [UInt8]) throws {
        let prefix = entryName + [UInt8(ascii: "/")]
        try writer.add(header(entry, prefix))
        for name in try directory.list() {
            guard let child = try directory.entry(name) else { continue }
            try add(child, name, of: directory, as: prefix + name)
        }
    }

    private mutating func addFile(
        _ entry: TreeEntry,
        _ name: [UInt8],
        of source: any TreeDirectory,
        as entryName: [UInt8]
    ) throws {
        var header = header(entry, entryName)
        if let link = entry.link {
            if let first = firstNames[link] {
                (header.kind, header.linkName) = (.hardLink, first)
                header.attributes.extendedAttributes = []
                return try writer.add(header)
            }
            firstNames[link] = entryName
        }
        guard entry.kind == .regular else { return try writer.add(header) }
        let file = try source.openFile(name)
        header.byteCount = try file.byteCount()
        try writer.add(header)
        try write(file, byteCount: header.byteCount)
    }

    private func write(_ file: File, byteCount: Int64) throws {
        let content = FileRangeSource(file: file, offset: 0, byteCount: byteCount)
        while true {
            let chunk = try content.nextChunk()
            if chunk.isEmpty { return }
            try writer.write(chunk)
        }
    }

    private func header(_ entry: TreeEntry, _ name: [UInt8]) -> TarHeader {
        var attributes = entry.attributes
        if !keepsExtendedAttributes { attributes.extendedAttributes = [] }
        return TarHeader(
            name: name,
            kind: entry.kind,
            attributes: attributes,
            linkName: entry.target,
            device: entry.device
        )
    }
}
