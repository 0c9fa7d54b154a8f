package import LayerArchive
package import LayerModel
import LayerSystem

/// The tar of a layer that says what a read-write layer changes: made while it is read, never on disk.
///
/// It depends on the changes alone: entries in the order of a walk, in each directory the whiteouts first (contract L-67) and names in
/// the order of their bytes, explicit whiteouts only (L-69), the first name of a file with its content and all further ones as hard
/// links (L-84).
package final class ChangeTar: ByteSource {
    private static let chunkByteCount = 256 << 10

    private let order: [Int]
    private let changes: [TreeChange]
    private let files: ChangedFiles
    private let latestTime: Timestamp?
    private var writer: TarWriter?
    private let output = TarOutput()
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkByteCount, alignment: 16)
    private var position = 0
    private var file: File?
    private var fileOffset: Int64 = 0
    private var fileRest: Int64 = 0
    private let format: TreeFormat
    private var firstNames: [FileIdentity: LayerPath] = [:]
    /// In cpio names of one file are told by its number, and the last one brings the content.
    private var numbered: NumberedFiles?
    private var problems: [ChangeSet.Problem] = []

    /// Prepares to make the tar.
    ///
    /// - Parameters:
    ///   - changes: What changed; sockets are left out, for there are none in a tar.
    ///   - files: Where content is read from.
    ///   - latestTime: No entry is to be newer; nil for no such limit.
    ///   - format: What is written.
    /// - Throws: `TreeError.unreadable` for names that cannot stand in a layer; `ArchiveError`.
    package init(
        _ changes: [TreeChange],
        _ files: ChangedFiles,
        latestTime: Timestamp?,
        format: TreeFormat = .tar
    ) throws {
        self.changes = changes
        self.files = files
        self.latestTime = latestTime
        order = TarOrder(changes).places
        let forbidden = changes.filter { $0.kind != .deleted && Whiteout.isMarker($0.path.name) }
        guard forbidden.isEmpty else {
            throw TreeError.unreadable(
                forbidden.map { .init(path: $0.path, reason: "a name that begins with .wh. cannot stand in a layer") }
            )
        }
        self.format = format
        numbered = format == .cpio ? NumberedFiles(changes) : nil
        writer = try TarWriter(format) { [output] in output.bytes.append(contentsOf: $0) }
    }

    deinit {
        buffer.deallocate()
    }

    /// Makes the next bytes of the tar.
    ///
    /// - Returns: Bytes that stay valid until the next call; none at the end.
    /// - Throws: `TreeError.unreadable` that names every file which cannot be read; `ArchiveError`; `SystemError`.
    package func nextChunk() throws -> UnsafeRawBufferPointer {
        output.bytes.removeAll(keepingCapacity: true)
        while output.bytes.count < Self.chunkByteCount, let writer {
            if fileRest > 0 {
                try copyContent(to: writer)
            } else if position < order.count {
                let change = changes[order[position]]
                position += 1
                try add(change, to: writer)
            } else {
                guard problems.isEmpty else { throw TreeError.unreadable(problems) }
                try writer.finish()
                self.writer = nil
            }
        }
        return output.bytes.withUnsafeBytes { UnsafeRawBufferPointer($0) }
    }

    private func add(_ change: TreeChange, to writer: TarWriter) throws {
        if change.entryKind == .socket, change.former == nil { return }
        if change.kind == .deleted || change.entryKind == .socket {
            return try writer.add(Self.whiteout(of: change.path))
        }
        var header = TarHeader(
            name: change.path.isRoot ? Array("./".utf8) : change.path.bytes,
            kind: change.entryKind,
            attributes: change.attributes,
            linkName: change.target,
            device: change.device
        )
        if let latestTime { header.attributes.modificationTime = min(header.attributes.modificationTime, latestTime) }
        var hasContent = true
        if numbered != nil {
            hasContent = numbered?.number(&header, change.link) ?? true
        } else if format == .tar, let link = change.link {
            if let first = firstNames[link] {
                (header.kind, header.linkName) = (.hardLink, first.bytes)
                header.attributes.extendedAttributes = []
            } else {
                firstNames[link] = change.path
            }
        }
        if header.kind == .regular, hasContent {
            guard let file = open(change) else { return }
            header.byteCount = change.byteCount
            (self.file, fileOffset, fileRest) = (file, 0, change.byteCount)
        }
        // With a file missing there will be no layer: all that is left is to find out what else cannot be read.
        if problems.isEmpty { try writer.add(header) } else { fileRest = 0 }
    }

    private static func whiteout(of path: LayerPath) -> TarHeader {
        let name = (path.parent ?? .root).appending(Whiteout.prefix + path.name)
        return TarHeader(name: name.bytes, kind: .regular, attributes: FileAttributes(mode: 0))
    }

    private func open(_ change: TreeChange) -> File? {
        do throws(SystemError) {
            return try files.open(change)
        } catch {
            problems.append(ChangeSet.Problem(path: change.path, reason: error.reason))
            return nil
        }
    }

    private func copyContent(to writer: TarWriter) throws {
        let wanted = Int(min(fileRest, Int64(buffer.count)))
        let target = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
        let count = try file?.read(into: target, at: fileOffset) ?? 0
        guard count > 0 else {
            let path = changes[order[position - 1]].path
            throw TreeError.unreadable([.init(path: path, reason: "it became shorter while it was read")])
        }
        try writer.write(UnsafeRawBufferPointer(rebasing: target[..<count]))
        fileOffset += Int64(count)
        fileRest -= Int64(count)
        if fileRest == 0 { file = nil }
    }
}

/// What the tar writer has written and nobody has taken.
private final class TarOutput {
    var bytes: ContiguousArray<UInt8> = []
}
