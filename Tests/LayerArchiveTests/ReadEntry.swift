import LayerArchive
import LayerModel

/// An entry as a reader gave it.
struct ReadEntry: Equatable {
    var name: [UInt8]
    var kind: EntryKind
    var mode: UInt16
    var uid: UInt32
    var gid: UInt32
    var modificationTime: Timestamp
    var byteCount: Int64
    var linkName: [UInt8]
    var device: DeviceNumber
    var extendedAttributes: [ExtendedAttribute]
    /// What the body gave, by its place in the file.
    var regions: [Region]
    var bodyOffset: Int64

    struct Region: Equatable {
        var offset: Int64
        var bytes: [UInt8]
    }

    var text: String { String(decoding: name, as: UTF8.self) }

    /// The content with its holes filled.
    var content: [UInt8] {
        var content = [UInt8](repeating: 0, count: Int(byteCount))
        for region in regions {
            content.replaceSubrange(Int(region.offset)..<Int(region.offset) + region.bytes.count, with: region.bytes)
        }
        return content
    }

    /// Takes the current entry of a reader, with its content.
    init(_ reader: TarReader, readsBody: Bool = true) throws {
        name = Array(reader.name)
        linkName = Array(reader.linkName)
        (kind, mode, uid, gid) = (reader.kind, reader.mode, reader.uid, reader.gid)
        (modificationTime, byteCount, device) = (reader.modificationTime, reader.byteCount, reader.device)
        bodyOffset = reader.bodyOffset
        extendedAttributes = try reader.extendedAttributes()
        regions = []
        guard readsBody else { return }
        var found: [Region] = []
        try reader.readBody { chunk, offset in
            // Chunks are where the source cut them: only the regions count.
            if let last = found.indices.last, found[last].offset + Int64(found[last].bytes.count) == offset {
                found[last].bytes += chunk
            } else {
                found.append(Region(offset: offset, bytes: Array(chunk)))
            }
        }
        regions = found
    }
}
